package io.orochi.catalog.flink.procedure.layout;

import io.orochi.catalog.flink.procedure.Arguments;
import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.ProcedureSupport;
import io.orochi.catalog.hypertable.Distributions;
import io.orochi.catalog.hypertable.LayoutEvolution;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.Columns;
import io.orochi.table.layout.Distribution;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;
import org.apache.iceberg.Table;

/** {@code sys.add_dimension}. */
public final class AddDimension implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "add_dimension",
          "Adds hash partitions to a hypertable, beside its chunks of time, and moves the rows that are there.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.required(
                  "column_name", "STRING", "The column of the new dimension."),
              ProcedureArgument.required("number_partitions", "INT", "1 to 1024."),
              ProcedureArgument.optional(
                  "dry_run",
                  "BOOLEAN",
                  "True changes nothing and tells what would move; false if absent.")),
          "CALL sys.add_dimension('metrics.cpu', 'host', 4)",
          support -> new AddDimension(support, Clock.systemUTC()));

  private final ProcedureSupport support;
  private final Clock clock;

  AddDimension(ProcedureSupport support, Clock clock) {
    this.support = support;
    this.clock = clock;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "column_name", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "number_partitions", type = @DataTypeHint("INT")),
        @ArgumentHint(name = "dry_run", type = @DataTypeHint("BOOLEAN"), isOptional = true)
      },
      output = @DataTypeHint(Moves.COLUMNS))
  public Row[] call(
      ProcedureContext context,
      String relation,
      String column,
      Integer partitions,
      Boolean dryRun) {
    Table table = support.table(relation);
    support.layout(table, relation);
    Distribution.Hash wanted =
        new Distribution.Hash(Arguments.require("column_name", column), partitions);
    Columns.requireHashable(table.schema(), wanted);
    Distribution now = Distributions.of(table);
    if (now instanceof Distribution.Hash && !now.equals(wanted)) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT,
              "Cannot add a second dimension of hashes: " + relation + " has " + now)
          .withHint("CALL sys.alter_distributed_table changes the one that is there.");
    }
    if (Boolean.TRUE.equals(dryRun)) {
      return Moves.plan(relation, table, wanted.toString());
    }
    new LayoutEvolution(table).distribute(wanted, Map.of());
    return Moves.run(relation, table, clock);
  }
}
