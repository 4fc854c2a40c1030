package io.orochi.catalog.info;

import io.orochi.catalog.hypertable.ChunkStatistics;
import io.orochi.catalog.hypertable.Chunks;
import io.orochi.table.layout.TierLocations;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** One row for each chunk of each hypertable. */
final class ChunksView implements InfoView {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "hypertable_schema", Types.StringType.get(), "database"),
          Types.NestedField.required(2, "hypertable_name", Types.StringType.get(), "table"),
          Types.NestedField.required(
              3, "chunk_name", Types.StringType.get(), "unique in its table"),
          Types.NestedField.optional(4, "range_start", Types.TimestampType.withZone(), "inclusive"),
          Types.NestedField.optional(5, "range_end", Types.TimestampType.withZone(), "exclusive"),
          Types.NestedField.optional(
              6, "is_compressed", Types.BooleanType.get(), "null where not known"),
          Types.NestedField.optional(
              7,
              "tier",
              Types.StringType.get(),
              "hot in the table's own location; null where files lie elsewhere"),
          Types.NestedField.required(8, "num_files", Types.LongType.get(), "data files"),
          Types.NestedField.required(
              9, "num_rows", Types.LongType.get(), "rows in data files, deleted ones included"),
          Types.NestedField.required(
              10, "total_bytes", Types.LongType.get(), "size of the data files"),
          Types.NestedField.optional(
              11,
              "last_read_at",
              Types.TimestampType.withZone(),
              "the last read since this server's start; null if there was none"),
          Types.NestedField.optional(
              12,
              "reads",
              Types.LongType.get(),
              "queries of this server, on the kernel and not answered by a cache, whose plan had"
                  + " files of the chunk; null outside a server"));

  @Override
  public String name() {
    return "chunks";
  }

  @Override
  public String description() {
    return "The chunks of every hypertable, with their time range and size.";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public List<Object[]> rows(InfoContext context) {
    Map<List<Object>, Object[]> reads = new HashMap<>();
    context
        .server()
        .of(InfoViews.CHUNK_READS)
        .forEach(read -> reads.put(List.of(read[0], read[1]), read));
    Object[] none = {null, null, context.server().equals(ServerRows.NONE) ? null : 0L, null};
    return HypertableScan.of(context.catalog())
        .flatMap(
            hypertable ->
                Chunks.of(hypertable.table(), hypertable.layout()).stream()
                    .map(chunk -> row(hypertable, chunk, reads, none)))
        .toList();
  }

  private static Object[] row(
      HypertableScan.Hypertable hypertable,
      ChunkStatistics chunk,
      Map<List<Object>, Object[]> reads,
      Object[] none) {
    Object[] read =
        reads.getOrDefault(List.of(hypertable.table().uuid().toString(), chunk.name()), none);
    return new Object[] {
      hypertable.database(),
      hypertable.name(),
      chunk.name(),
      timestamp(chunk.start()),
      timestamp(chunk.end()),
      null,
      chunk.inPlace() ? TierLocations.HOT : null,
      chunk.files(),
      chunk.rows(),
      chunk.bytes(),
      read[3],
      read[2]
    };
  }

  private static OffsetDateTime timestamp(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
