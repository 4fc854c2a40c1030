package io.orochi.table.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes files on a local disk survive a loss of power: the file's bytes, its entry in its folder,
 * and the entries of folders that were made for it. Safe for use by several threads.
 */
final class LocalDurability {
  private static final int REMEMBERED_FOLDERS = 10_000;

  private final Set<Path> durableFolders = ConcurrentHashMap.newKeySet();

  void sync(Path file) throws IOException {
    force(file, StandardOpenOption.WRITE);
    Path folder = file.getParent();
    force(folder, StandardOpenOption.READ);
    if (durableFolders.size() > REMEMBERED_FOLDERS) {
      durableFolders.clear();
    }
    while (folder != null && durableFolders.add(folder)) {
      folder = folder.getParent();
      if (folder != null) {
        force(folder, StandardOpenOption.READ);
      }
    }
  }

  private static void force(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }
}
