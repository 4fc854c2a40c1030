package io.orochi.connectors.file.enumerator;

import io.orochi.connectors.file.FileKind;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Turns files, folders and globs into files. A folder gives the files in it and below whose names
 * tell what they hold; names that begin with a dot or an underscore are left out. A file that is
 * named itself is taken whatever its name, if a format is given.
 */
public final class FileFinder {
  private static final String GLOB_CHARACTERS = "*?[{";

  private final List<String> paths;
  private final String format;

  /**
   * @param format csv, json or parquet; empty to go by each file's name
   */
  public FileFinder(List<String> paths, String format) {
    this.paths = List.copyOf(paths);
    this.format = format;
  }

  /**
   * In path order.
   *
   * @throws OrochiException INPUT_NOT_FOUND if a path names nothing; INPUT_FORMAT_UNKNOWN
   */
  public SortedMap<Path, FileKind> find() throws IOException {
    SortedMap<Path, FileKind> found = new TreeMap<>();
    for (String path : paths) {
      Path plain = Path.of(path).toAbsolutePath().normalize();
      if (Files.isRegularFile(plain)) {
        found.put(plain, kindOf(plain));
      } else if (Files.isDirectory(plain)) {
        addAll(plain, null, found);
      } else if (path.chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0)) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + plain);
        addAll(fixedParent(plain), matcher, found);
      } else {
        throw OrochiException.of(OrochiErrorCode.INPUT_NOT_FOUND, "Cannot find " + plain)
            .withHint("Give a file, a folder or a quoted glob such as 'in/*.csv.gz'.");
      }
    }
    return found;
  }

  private FileKind kindOf(Path file) {
    if (!format.isEmpty()) {
      return FileKind.named(format, file);
    }
    return FileKind.ofName(file)
        .orElseThrow(
            () ->
                OrochiException.of(
                        OrochiErrorCode.INPUT_FORMAT_UNKNOWN, "Cannot tell the format of " + file)
                    .withHint("Name it with --format csv, json or parquet."));
  }

  private void addAll(Path folder, PathMatcher matcher, SortedMap<Path, FileKind> found)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.filter(Files::isRegularFile)
          .filter(file -> !isHidden(folder.relativize(file)))
          .forEach(files::add);
    }
    for (Path file : files) {
      if (matcher != null && matcher.matches(file)) {
        found.put(file, kindOf(file));
      } else if (matcher == null && FileKind.ofName(file).isPresent()) {
        found.put(file, kindOf(file));
      }
    }
  }

  private static boolean isHidden(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith(".") || name.toString().startsWith("_")) {
        return true;
      }
    }
    return false;
  }

  /** The part of a glob before its first wildcard. */
  private static Path fixedParent(Path glob) {
    Path parent = glob.getRoot();
    for (Path name : glob) {
      if (name.toString().chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0)) {
        return parent;
      }
      parent = parent.resolve(name);
    }
    return parent;
  }
}
