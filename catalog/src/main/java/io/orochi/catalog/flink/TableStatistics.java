package io.orochi.catalog.flink;

import java.util.Map;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.PropertyUtil;

/** What the planner may know about a table without reading more than its metadata file. */
final class TableStatistics {
  private TableStatistics() {}

  static CatalogTableStatistics ofTable(Table table) {
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot == null) {
      return new CatalogTableStatistics(0, 0, 0, 0);
    }
    Map<String, String> summary = snapshot.summary();
    long rows = PropertyUtil.propertyAsLong(summary, SnapshotSummary.TOTAL_RECORDS_PROP, -1);
    long deletes = PropertyUtil.propertyAsLong(summary, SnapshotSummary.TOTAL_POS_DELETES_PROP, 0);
    long files = PropertyUtil.propertyAsLong(summary, SnapshotSummary.TOTAL_DATA_FILES_PROP, 0);
    long bytes = PropertyUtil.propertyAsLong(summary, SnapshotSummary.TOTAL_FILE_SIZE_PROP, 0);
    return rows < 0
        ? CatalogTableStatistics.UNKNOWN
        : new CatalogTableStatistics(
            Math.max(0, rows - deletes), (int) Math.min(files, Integer.MAX_VALUE), bytes, bytes);
  }
}
