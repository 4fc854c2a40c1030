package io.orochi.catalog.flink.procedure.layout;

import io.orochi.catalog.flink.procedure.Arguments;
import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.ProcedureSupport;
import io.orochi.catalog.hypertable.ChunkDrop;
import io.orochi.catalog.hypertable.ChunkStatistics;
import io.orochi.catalog.hypertable.Chunks;
import io.orochi.catalog.hypertable.NewestRow;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.TableLayout;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;
import org.apache.iceberg.Table;

/** {@code sys.drop_chunks}. */
public final class DropChunks implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "drop_chunks",
          "Drops whole chunks in one commit without reading them. An age counts from now, or from"
              + " the newest row if that is earlier.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.optional(
                  "older_than",
                  "STRING",
                  "Only chunks that end at or before this time, or this age. One of the two limits"
                      + " must be given."),
              ProcedureArgument.optional(
                  "newer_than",
                  "STRING",
                  "Only chunks that start at or after this time, or this age."),
              ProcedureArgument.optional(
                  "dry_run", "BOOLEAN", "True only lists them; false if absent.")),
          "CALL sys.drop_chunks(relation => 'metrics.cpu', older_than => '90 d', dry_run => true)",
          support -> new DropChunks(support, Clock.systemUTC()));

  private final ProcedureSupport support;
  private final Clock clock;

  DropChunks(ProcedureSupport support, Clock clock) {
    this.support = support;
    this.clock = clock;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "older_than", type = @DataTypeHint("STRING"), isOptional = true),
        @ArgumentHint(name = "newer_than", type = @DataTypeHint("STRING"), isOptional = true),
        @ArgumentHint(name = "dry_run", type = @DataTypeHint("BOOLEAN"), isOptional = true)
      },
      output =
          @DataTypeHint(
              "ROW<chunk_name STRING, range_start TIMESTAMP_LTZ(6), range_end TIMESTAMP_LTZ(6),"
                  + " num_files BIGINT, num_rows BIGINT, total_bytes BIGINT>"))
  public Row[] call(
      ProcedureContext context,
      String relation,
      String olderThan,
      String newerThan,
      Boolean dryRun) {
    if (olderThan == null && newerThan == null) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT, "Missing argument: older_than or newer_than")
          .withHint("TRUNCATE TABLE removes all rows.");
    }
    Table table = support.table(relation);
    TableLayout layout = support.layout(table, relation);
    List<ChunkStatistics> chunks = Chunks.of(table, layout);
    Clock age =
        Clock.fixed(NewestRow.orNow(table, layout, chunks, clock.instant()), clock.getZone());
    Instant end = olderThan == null ? null : Arguments.timeOrAge("older_than", olderThan, age);
    Instant start = newerThan == null ? null : Arguments.timeOrAge("newer_than", newerThan, age);
    List<ChunkStatistics> dropped = ChunkDrop.between(chunks, end, start);
    if (!Boolean.TRUE.equals(dryRun) && !dropped.isEmpty()) {
      new ChunkDrop(table, layout).drop(end, start);
    }
    return dropped.stream().map(DropChunks::row).toArray(Row[]::new);
  }

  private static Row row(ChunkStatistics chunk) {
    return Row.of(
        chunk.name(), chunk.start(), chunk.end(), chunk.files(), chunk.rows(), chunk.bytes());
  }
}
