package io.orochi.table.kernel.scan;

import org.apache.iceberg.Table;

/** Finds the files a request must read, with Iceberg's metadata alone. Safe to share. */
public final class ScanPlanner {
  /**
   * @throws io.orochi.table.error.OrochiException COLUMN_NOT_FOUND, SNAPSHOT_NOT_FOUND or
   *     METADATA_CORRUPT
   */
  public ScanPlan plan(Table table, ScanRequest request) {
    throw new UnsupportedOperationException("kernel.plan");
  }
}
