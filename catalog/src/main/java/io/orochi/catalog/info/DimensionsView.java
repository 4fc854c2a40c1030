package io.orochi.catalog.info;

import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** One row for the time of each hypertable, and one for its key if it is distributed. */
final class DimensionsView implements InfoView {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "hypertable_schema", Types.StringType.get(), "database"),
          Types.NestedField.required(2, "hypertable_name", Types.StringType.get(), "table"),
          Types.NestedField.required(
              3, "dimension_number", Types.LongType.get(), "1 is the time, 2 the key"),
          Types.NestedField.required(4, "column_name", Types.StringType.get(), "what is cut"),
          Types.NestedField.required(5, "column_type", Types.StringType.get(), "Iceberg's type"),
          Types.NestedField.required(6, "dimension_type", Types.StringType.get(), "Time or Space"),
          Types.NestedField.optional(
              7, "time_interval", Types.StringType.get(), "the length of a chunk; null for a key"),
          Types.NestedField.optional(
              8, "num_partitions", Types.IntegerType.get(), "the shards; null for the time"));

  @Override
  public String name() {
    return "dimensions";
  }

  @Override
  public String description() {
    return "The columns by which hypertables are cut: time into chunks, a key into shards.";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public List<Object[]> rows(InfoContext context) {
    return HypertableScan.of(context.catalog()).flatMap(DimensionsView::rows).toList();
  }

  private static Stream<Object[]> rows(HypertableScan.Hypertable hypertable) {
    TableLayout layout = hypertable.layout();
    List<Object[]> rows = new ArrayList<>();
    rows.add(
        row(hypertable, 1, layout.timeColumn(), "Time", layout.chunkInterval().toString(), null));
    if (layout.distribution() instanceof Distribution.Hash hash) {
      rows.add(row(hypertable, 2, hash.column(), "Space", null, hash.shards()));
    }
    return rows.stream();
  }

  private static Object[] row(
      HypertableScan.Hypertable hypertable,
      long number,
      String column,
      String type,
      String interval,
      Integer partitions) {
    return new Object[] {
      hypertable.database(),
      hypertable.name(),
      number,
      column,
      hypertable.table().schema().findType(column).toString(),
      type,
      interval,
      partitions
    };
  }
}
