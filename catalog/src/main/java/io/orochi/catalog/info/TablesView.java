package io.orochi.catalog.info;

import io.orochi.catalog.hypertable.ColocationGroups;
import io.orochi.catalog.hypertable.Distributions;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import io.orochi.table.layout.TableOptions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;

/** One row for each table; reads no manifest. */
final class TablesView implements InfoView {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "table_schema", Types.StringType.get(), "database"),
          Types.NestedField.required(2, "table_name", Types.StringType.get(), "table"),
          Types.NestedField.required(
              3,
              "table_type",
              Types.StringType.get(),
              "hypertable, distributed, reference or plain"),
          Types.NestedField.optional(
              4, "distribution_column", Types.StringType.get(), "null if not distributed"),
          Types.NestedField.required(
              5, "shard_count", Types.IntegerType.get(), "1 if not distributed"),
          Types.NestedField.optional(
              6, "colocation_group", Types.StringType.get(), "null if in none"),
          Types.NestedField.optional(
              7, "num_files", Types.LongType.get(), "data files; null where not stated"),
          Types.NestedField.optional(
              8, "num_rows", Types.LongType.get(), "rows in data files, deleted ones included"),
          Types.NestedField.optional(
              9, "total_bytes", Types.LongType.get(), "size of data and delete files"),
          Types.NestedField.required(
              10, "num_snapshots", Types.IntegerType.get(), "that have not expired"),
          Types.NestedField.optional(
              11, "last_commit_at", Types.TimestampType.withZone(), "null if never written to"));

  @Override
  public String name() {
    return "tables";
  }

  @Override
  public String description() {
    return "All tables, with their kind and size.";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public List<Object[]> rows(InfoContext context) {
    return StoredTables.of(context.catalog()).map(TablesView::row).toList();
  }

  private static Object[] row(StoredTables.Stored stored) {
    Table table = stored.table();
    Distribution distribution = Distributions.of(table);
    Snapshot current = table.currentSnapshot();
    return new Object[] {
      stored.database(),
      stored.name(),
      kind(table, distribution),
      distribution instanceof Distribution.Hash hash ? hash.column() : null,
      distribution.shards(),
      ColocationGroups.of(table).orElse(null),
      total(current, SnapshotSummary.TOTAL_DATA_FILES_PROP),
      total(current, SnapshotSummary.TOTAL_RECORDS_PROP),
      total(current, SnapshotSummary.TOTAL_FILE_SIZE_PROP),
      table.history().isEmpty() ? 0 : snapshots(table),
      current == null
          ? null
          : Instant.ofEpochMilli(current.timestampMillis()).atOffset(ZoneOffset.UTC)
    };
  }

  private static int snapshots(Table table) {
    int count = 0;
    for (Snapshot ignored : table.snapshots()) {
      count++;
    }
    return count;
  }

  private static String kind(Table table, Distribution distribution) {
    if (TableLayout.of(table).isPresent()) {
      return "hypertable";
    } else if (distribution instanceof Distribution.Hash) {
      return "distributed";
    }
    boolean reference =
        Boolean.parseBoolean(table.properties().getOrDefault(TableOptions.REFERENCE, "false"));
    return reference ? "reference" : "plain";
  }

  private static Long total(Snapshot snapshot, String property) {
    if (snapshot == null) {
      return 0L;
    }
    Map<String, String> summary = snapshot.summary();
    String text = summary == null ? null : summary.get(property);
    return text == null ? null : Long.valueOf(text);
  }
}
