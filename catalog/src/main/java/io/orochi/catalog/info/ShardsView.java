package io.orochi.catalog.info;

import io.orochi.catalog.hypertable.Distributions;
import io.orochi.catalog.hypertable.ShardStatistics;
import io.orochi.table.layout.Distribution;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** One row for each shard of each distributed table that holds a file. */
final class ShardsView implements InfoView {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "table_schema", Types.StringType.get(), "database"),
          Types.NestedField.required(2, "table_name", Types.StringType.get(), "table"),
          Types.NestedField.required(
              3,
              "distribution_column",
              Types.StringType.get(),
              "the key; equal keys share a shard"),
          Types.NestedField.optional(
              4, "shard", Types.IntegerType.get(), "from 0; null for files of an older layout"),
          Types.NestedField.required(5, "num_files", Types.LongType.get(), "data files"),
          Types.NestedField.required(
              6, "num_rows", Types.LongType.get(), "rows in data files, deleted ones included"),
          Types.NestedField.required(
              7, "total_bytes", Types.LongType.get(), "size of the data files"));

  @Override
  public String name() {
    return "shards";
  }

  @Override
  public String description() {
    return "The shards of distributed tables, with their size.";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public List<Object[]> rows(InfoContext context) {
    return StoredTables.of(context.catalog()).flatMap(ShardsView::rows).toList();
  }

  private static Stream<Object[]> rows(StoredTables.Stored stored) {
    if (!(Distributions.of(stored.table()) instanceof Distribution.Hash hash)) {
      return Stream.of();
    }
    return ShardStatistics.of(stored.table(), hash).stream()
        .map(
            shard ->
                new Object[] {
                  stored.database(),
                  stored.name(),
                  hash.column(),
                  shard.shard(),
                  shard.files(),
                  shard.rows(),
                  shard.bytes()
                });
  }
}
