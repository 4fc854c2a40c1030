package io.orochi.catalog.info;

import io.orochi.catalog.trash.DroppedTable;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** One row for each table that {@code sys.undrop_table} can bring back. */
final class DroppedTablesView implements InfoView {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "table_schema", Types.StringType.get(), "database"),
          Types.NestedField.required(2, "table_name", Types.StringType.get(), "table"),
          Types.NestedField.required(
              3, "dropped_at", Types.TimestampType.withZone(), "when it was dropped"),
          Types.NestedField.required(
              4,
              "keep_until",
              Types.TimestampType.withZone(),
              "sys.purge_dropped_tables deletes its files from then on"));

  @Override
  public String name() {
    return "dropped_tables";
  }

  @Override
  public String description() {
    return "The dropped tables that can come back, the newest first.";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public List<Object[]> rows(InfoContext context) {
    return context.catalog().droppedTables().all().stream().map(DroppedTablesView::row).toList();
  }

  private static Object[] row(DroppedTable dropped) {
    return new Object[] {
      dropped.namespace(),
      dropped.name(),
      dropped.droppedAt().atOffset(ZoneOffset.UTC),
      dropped.keepUntil().atOffset(ZoneOffset.UTC)
    };
  }
}
