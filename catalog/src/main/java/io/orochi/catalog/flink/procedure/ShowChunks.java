package io.orochi.catalog.flink.procedure;

import io.orochi.catalog.hypertable.ChunkStatistics;
import io.orochi.catalog.hypertable.Chunks;
import io.orochi.table.layout.TableLayout;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;
import org.apache.iceberg.Table;

/** {@code sys.show_chunks}. */
public final class ShowChunks implements Procedure {
  static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "show_chunks",
          "Lists the chunks of a hypertable that hold files.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.optional(
                  "older_than",
                  "STRING",
                  "Only chunks that end at or before this time, or this long ago."),
              ProcedureArgument.optional(
                  "newer_than",
                  "STRING",
                  "Only chunks that start at or after this time, or this long ago.")),
          "CALL sys.show_chunks(relation => 'metrics.cpu', older_than => '7 d')",
          support -> new ShowChunks(support, Clock.systemUTC()));

  private final ProcedureSupport support;
  private final Clock clock;

  ShowChunks(ProcedureSupport support, Clock clock) {
    this.support = support;
    this.clock = clock;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "older_than", type = @DataTypeHint("STRING"), isOptional = true),
        @ArgumentHint(name = "newer_than", type = @DataTypeHint("STRING"), isOptional = true)
      },
      output =
          @DataTypeHint(
              "ROW<chunk_name STRING, range_start TIMESTAMP_LTZ(6), range_end TIMESTAMP_LTZ(6),"
                  + " num_files BIGINT, num_rows BIGINT, total_bytes BIGINT>"))
  public Row[] call(ProcedureContext context, String relation, String olderThan, String newerThan) {
    Table table = support.table(relation);
    TableLayout layout = support.layout(table, relation);
    return Chunks.of(table, layout).stream()
        .filter(limit(olderThan, newerThan))
        .map(ShowChunks::row)
        .toArray(Row[]::new);
  }

  private Predicate<ChunkStatistics> limit(String olderThan, String newerThan) {
    Predicate<ChunkStatistics> wanted = chunk -> true;
    if (olderThan != null) {
      Instant end = Arguments.timeOrAge("older_than", olderThan, clock);
      wanted = wanted.and(chunk -> chunk.end() != null && !chunk.end().isAfter(end));
    }
    if (newerThan != null) {
      Instant start = Arguments.timeOrAge("newer_than", newerThan, clock);
      wanted = wanted.and(chunk -> chunk.start() != null && !chunk.start().isBefore(start));
    }
    return wanted;
  }

  private static Row row(ChunkStatistics chunk) {
    return Row.of(
        chunk.name(), chunk.start(), chunk.end(), chunk.files(), chunk.rows(), chunk.bytes());
  }
}
