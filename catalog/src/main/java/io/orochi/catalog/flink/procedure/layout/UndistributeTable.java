package io.orochi.catalog.flink.procedure.layout;

import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.ProcedureSupport;
import io.orochi.catalog.hypertable.LayoutEvolution;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableOptions;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;
import org.apache.iceberg.Table;

/** {@code sys.undistribute_table}. */
public final class UndistributeTable implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "undistribute_table",
          "Puts all rows of each chunk into one shard again. Called again after an interruption it goes on.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.optional(
                  "dry_run",
                  "BOOLEAN",
                  "True changes nothing and tells what would move; false if absent.")),
          "CALL sys.undistribute_table('metrics.cpu')",
          support -> new UndistributeTable(support, Clock.systemUTC()));

  private final ProcedureSupport support;
  private final Clock clock;

  UndistributeTable(ProcedureSupport support, Clock clock) {
    this.support = support;
    this.clock = clock;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "dry_run", type = @DataTypeHint("BOOLEAN"), isOptional = true)
      },
      output = @DataTypeHint(Moves.COLUMNS))
  public Row[] call(ProcedureContext context, String relation, Boolean dryRun) {
    Table table = support.table(relation);
    if (Boolean.TRUE.equals(dryRun)) {
      return Moves.plan(relation, table, Distribution.NONE.toString());
    }
    Map<String, String> options = new HashMap<>();
    options.put(TableOptions.COLOCATION_GROUP, null);
    new LayoutEvolution(table).distribute(Distribution.NONE, options);
    return Moves.run(relation, table, clock);
  }
}
