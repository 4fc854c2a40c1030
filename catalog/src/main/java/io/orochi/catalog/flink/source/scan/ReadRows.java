package io.orochi.catalog.flink.source.scan;

import org.apache.flink.table.connector.RowLevelModificationScanContext;
import org.apache.iceberg.Table;

/**
 * What the source of a DELETE or UPDATE reads, for the sink that takes its rows' places.
 *
 * @param table as it is read
 * @param snapshotId null if it has none
 */
public record ReadRows(Table table, Long snapshotId) implements RowLevelModificationScanContext {
  /** The metadata column with the location of a row's file. */
  public static final String FILE = "$path";

  /** The metadata column with a row's place in its file. */
  public static final String POSITION = "$position";
}
