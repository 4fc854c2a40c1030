package io.orochi.stream.ingest;

import io.orochi.catalog.flink.sink.publish.CompanionTable;
import io.orochi.table.layout.ChunkInterval;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.types.Types;

/**
 * Where the records go that are no rows of a pipeline's table.
 *
 * @param positions how far each split's rejected records stand in the dead-letter table when the
 *     job begins; they are not written again
 */
public record DeadLetters(CompanionTable table, Map<String, String> positions) {
  /** A table's dead letters are beside it, under its name with this ending. */
  public static final String TABLE_ENDING = "_errors";

  public static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "occurred_at", Types.TimestampType.withZone()),
          Types.NestedField.required(2, "pipeline", Types.StringType.get()),
          Types.NestedField.required(3, "source_file", Types.StringType.get()),
          Types.NestedField.required(4, "line_number", Types.LongType.get()),
          Types.NestedField.optional(5, "column_name", Types.StringType.get()),
          Types.NestedField.required(6, "error_code", Types.StringType.get()),
          Types.NestedField.required(7, "message", Types.StringType.get()),
          Types.NestedField.required(8, "raw_record", Types.StringType.get()));

  private static final TableLayout LAYOUT =
      new TableLayout(
          "occurred_at",
          new ChunkInterval(1, ChunkInterval.Unit.DAY),
          Distribution.NONE,
          List.of("occurred_at"));

  public DeadLetters {
    positions = Map.copyOf(positions);
  }

  public static TableIdentifier identifier(TableIdentifier table) {
    return TableIdentifier.of(table.namespace(), table.name() + TABLE_ENDING);
  }

  /**
   * @param table whose dead letters they are
   */
  public static CompanionTable table(CatalogLoader catalogs, TableIdentifier table) {
    return new CompanionTable(catalogs, identifier(table), SCHEMA, LAYOUT);
  }
}
