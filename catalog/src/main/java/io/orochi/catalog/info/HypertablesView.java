package io.orochi.catalog.info;

import io.orochi.catalog.hypertable.ChunkStatistics;
import io.orochi.catalog.hypertable.Chunks;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import io.orochi.table.layout.TableOptions;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;

/** One row for each hypertable. */
final class HypertablesView implements InfoView {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "hypertable_schema", Types.StringType.get(), "database"),
          Types.NestedField.required(2, "hypertable_name", Types.StringType.get(), "table"),
          Types.NestedField.required(
              3, "num_dimensions", Types.IntegerType.get(), "1, or 2 if distributed"),
          Types.NestedField.required(
              4, "num_chunks", Types.LongType.get(), "chunks that hold files"),
          Types.NestedField.required(
              5, "compression_enabled", Types.BooleanType.get(), "has orochi.compression.after"),
          Types.NestedField.required(
              6, "primary_dimension", Types.StringType.get(), "the time column"),
          Types.NestedField.required(
              7, "chunk_interval", Types.StringType.get(), "the length of a chunk"),
          Types.NestedField.required(
              8, "num_shards", Types.IntegerType.get(), "1 if not distributed"),
          Types.NestedField.required(9, "num_files", Types.LongType.get(), "data files"),
          Types.NestedField.required(
              10, "num_rows", Types.LongType.get(), "rows in data files, deleted ones included"),
          Types.NestedField.required(
              11, "total_bytes", Types.LongType.get(), "size of the data files"));

  @Override
  public String name() {
    return "hypertables";
  }

  @Override
  public String description() {
    return "The hypertables, with their layout and size.";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public List<Object[]> rows(InfoContext context) {
    return HypertableScan.of(context.catalog()).map(HypertablesView::row).toList();
  }

  private static Object[] row(HypertableScan.Hypertable hypertable) {
    Table table = hypertable.table();
    TableLayout layout = hypertable.layout();
    List<ChunkStatistics> chunks = Chunks.of(table, layout);
    return new Object[] {
      hypertable.database(),
      hypertable.name(),
      layout.distribution() instanceof Distribution.Hash ? 2 : 1,
      (long) chunks.size(),
      table.properties().containsKey(TableOptions.COMPRESSION_AFTER),
      layout.timeColumn(),
      layout.chunkInterval().toString(),
      layout.distribution().shards(),
      chunks.stream().mapToLong(ChunkStatistics::files).sum(),
      chunks.stream().mapToLong(ChunkStatistics::rows).sum(),
      chunks.stream().mapToLong(ChunkStatistics::bytes).sum()
    };
  }
}
