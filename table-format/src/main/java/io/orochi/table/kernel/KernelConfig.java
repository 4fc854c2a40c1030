package io.orochi.table.kernel;

import java.nio.file.Path;
import java.util.List;

/**
 * The limits of one kernel instance; folders are created when missing.
 *
 * @param memoryBytes what all sessions together may hold before they spill
 * @param threads worker threads shared by all sessions
 * @param tempFolder where sorts and joins spill; its files go away with the instance
 * @param tempBytes the most that may be spilled
 * @param cacheFolder local copies of files that are not under an allowed folder
 * @param cacheBytes the size above which the least recently used copies are dropped
 * @param allowedFolders the only folders, with the cache, from which generated SQL can read files
 */
public record KernelConfig(
    long memoryBytes,
    int threads,
    Path tempFolder,
    long tempBytes,
    Path cacheFolder,
    long cacheBytes,
    List<Path> allowedFolders) {
  private static final long DEFAULT_CACHE_BYTES = 10L << 30;

  public KernelConfig {
    if (memoryBytes <= 0 || threads <= 0 || tempBytes < 0 || cacheBytes < 0) {
      throw new IllegalArgumentException("kernel limits must be positive");
    }
    tempFolder = tempFolder.toAbsolutePath().normalize();
    cacheFolder = cacheFolder.toAbsolutePath().normalize();
    allowedFolders =
        allowedFolders.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
  }

  /** The same with a cache of 10 GiB. */
  public KernelConfig(
      long memoryBytes,
      int threads,
      Path tempFolder,
      long tempBytes,
      Path cacheFolder,
      List<Path> allowedFolders) {
    this(
        memoryBytes,
        threads,
        tempFolder,
        tempBytes,
        cacheFolder,
        DEFAULT_CACHE_BYTES,
        allowedFolders);
  }
}
