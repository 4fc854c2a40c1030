package io.orochi.catalog.flink.procedure.table;

import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.ProcedureSupport;
import io.orochi.catalog.trash.DroppedTable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;
import org.apache.iceberg.catalog.TableIdentifier;

/** {@code sys.purge_dropped_tables}. */
public final class PurgeDroppedTables implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "purge_dropped_tables",
          "Deletes the files of dropped tables whose time to come back is over, or of one at once.",
          List.of(
              ProcedureArgument.optional(
                  "relation",
                  "STRING",
                  "Only the dropped tables of this name, whatever time they have left."),
              ProcedureArgument.optional(
                  "dry_run", "BOOLEAN", "True only lists them; false if absent.")),
          "CALL sys.purge_dropped_tables(dry_run => true)",
          support -> new PurgeDroppedTables(support, Clock.systemUTC()));

  private final ProcedureSupport support;
  private final Clock clock;

  PurgeDroppedTables(ProcedureSupport support, Clock clock) {
    this.support = support;
    this.clock = clock;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING"), isOptional = true),
        @ArgumentHint(name = "dry_run", type = @DataTypeHint("BOOLEAN"), isOptional = true)
      },
      output = @DataTypeHint("ROW<relation STRING, dropped_at TIMESTAMP_LTZ(6), purged BOOLEAN>"))
  public Row[] call(ProcedureContext context, String relation, Boolean dryRun) {
    List<Row> rows = new ArrayList<>();
    for (DroppedTable dropped : support.catalog().droppedTables().all()) {
      if (wanted(relation).test(dropped)) {
        boolean purged = !Boolean.TRUE.equals(dryRun) && support.catalog().purge(dropped);
        rows.add(Row.of(dropped.namespace() + "." + dropped.name(), dropped.droppedAt(), purged));
      }
    }
    return rows.toArray(Row[]::new);
  }

  private Predicate<DroppedTable> wanted(String relation) {
    if (relation == null) {
      Instant now = clock.instant();
      return dropped -> !dropped.keepUntil().isAfter(now);
    }
    TableIdentifier identifier = support.identifier(relation);
    return dropped ->
        dropped.name().equals(identifier.name())
            && dropped.namespace().equals(String.join(".", identifier.namespace().levels()));
  }
}
