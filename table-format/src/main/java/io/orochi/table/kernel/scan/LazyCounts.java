package io.orochi.table.kernel.scan;

import java.util.function.Supplier;

/** Counts that are taken when somebody asks, once. Safe to share between threads. */
public final class LazyCounts {
  private Supplier<ScanCounts> count;
  private volatile ScanCounts counts;

  private LazyCounts(Supplier<ScanCounts> count, ScanCounts counts) {
    this.count = count;
    this.counts = counts;
  }

  public static LazyCounts of(ScanCounts counts) {
    return new LazyCounts(null, counts);
  }

  static LazyCounts when(Supplier<ScanCounts> count) {
    return new LazyCounts(count, null);
  }

  ScanCounts get() {
    ScanCounts known = counts;
    return known != null ? known : count();
  }

  private synchronized ScanCounts count() {
    if (counts == null) {
      counts = count.get();
      count = null;
    }
    return counts;
  }
}
