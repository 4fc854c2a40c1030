package io.orochi.table.kernel.files;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A copy in the cache; while pinned it is not dropped. */
final class CachedFile {
  private final Path path;
  private final long length;
  private final AtomicInteger pins = new AtomicInteger();

  CachedFile(Path path, long length) {
    this.path = path;
    this.length = length;
  }

  Path path() {
    return path;
  }

  long length() {
    return length;
  }

  void pin() {
    pins.incrementAndGet();
  }

  void unpin() {
    pins.decrementAndGet();
  }

  boolean pinned() {
    return pins.get() > 0;
  }
}
