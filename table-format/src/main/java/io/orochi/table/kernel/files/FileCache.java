package io.orochi.table.kernel.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.io.InputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whole-file copies of immutable files, named by a hash of their location, least recently used
 * dropped first. A file is fetched once however many threads want it, appears under its name
 * complete or not at all, and survives a restart. One instance owns its folder.
 */
public final class FileCache {
  private static final Logger LOG = LoggerFactory.getLogger(FileCache.class);
  private static final String PART = ".part";
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path folder;
  private final long capacityBytes;
  private final Map<String, CachedFile> entries = new LinkedHashMap<>(64, 0.75f, true);
  private final Set<String> fetching = new HashSet<>();
  private long usedBytes;

  /** Takes over the copies an earlier process left, and removes its unfinished ones. */
  public FileCache(Path folder, long capacityBytes) {
    this.folder = folder;
    this.capacityBytes = capacityBytes;
    try {
      Files.createDirectories(folder);
      adopt();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open the cache folder " + folder, e);
    }
  }

  /**
   * The copy, fetched if need be, pinned. A copy whose length is not {@code length} is fetched
   * again.
   */
  PinnedCopy pin(String location, long length, InputFile source) throws IOException {
    String name = nameOf(location);
    boolean waited = false;
    synchronized (this) {
      while (true) {
        CachedFile found = entries.get(name);
        if (found != null && found.length() == length && Files.exists(found.path())) {
          found.pin();
          return new PinnedCopy(location, found, waited);
        }
        if (fetching.add(name)) {
          break;
        }
        awaitOther();
        waited = true;
      }
    }
    try {
      return new PinnedCopy(location, publish(name, fetch(name, source)), true);
    } finally {
      synchronized (this) {
        fetching.remove(name);
        notifyAll();
      }
    }
  }

  /** Forgets a copy whose bytes are wrong, so that the next use fetches it again. */
  synchronized void drop(String location) {
    CachedFile dropped = entries.remove(nameOf(location));
    if (dropped != null) {
      usedBytes -= dropped.length();
      delete(dropped.path());
    }
  }

  synchronized long usedBytes() {
    return usedBytes;
  }

  @SuppressWarnings("WaitNotInLoop") // the caller loops on its condition
  private void awaitOther() throws IOException {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while another thread fetched the file", e);
    }
  }

  private Path fetch(String name, InputFile source) throws IOException {
    Path part = folder.resolve(name + "." + UUID.randomUUID() + PART);
    try (InputStream in = source.newStream();
        OutputStream out = Files.newOutputStream(part)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
      return part;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  private CachedFile publish(String name, Path part) throws IOException {
    Path target = folder.resolve(name);
    CachedFile copy = new CachedFile(target, Files.size(part));
    synchronized (this) {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      CachedFile old = entries.put(name, copy);
      usedBytes += copy.length() - (old == null ? 0 : old.length());
      copy.pin();
      evict();
    }
    return copy;
  }

  private void evict() {
    Iterator<CachedFile> oldest = entries.values().iterator();
    while (usedBytes > capacityBytes && oldest.hasNext()) {
      CachedFile candidate = oldest.next();
      if (!candidate.pinned()) {
        oldest.remove();
        usedBytes -= candidate.length();
        delete(candidate.path());
      }
    }
  }

  private void adopt() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files =
          found.filter(Files::isRegularFile).sorted(Comparator.comparing(FileCache::age)).toList();
    }
    for (Path file : files) {
      if (file.toString().endsWith(PART)) {
        delete(file);
      } else {
        CachedFile copy = new CachedFile(file, Files.size(file));
        entries.put(file.getFileName().toString(), copy);
        usedBytes += copy.length();
      }
    }
    evict();
  }

  private static long age(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("Cannot delete the cached copy {}", file, e);
    }
  }

  private static String nameOf(String location) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(location.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
