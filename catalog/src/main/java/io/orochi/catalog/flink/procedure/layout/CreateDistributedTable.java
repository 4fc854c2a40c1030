package io.orochi.catalog.flink.procedure.layout;

import io.orochi.catalog.flink.procedure.Arguments;
import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.ProcedureSupport;
import io.orochi.catalog.hypertable.ColocationGroups;
import io.orochi.catalog.hypertable.Distributions;
import io.orochi.catalog.hypertable.LayoutEvolution;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.Columns;
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

/** {@code sys.create_distributed_table}. */
public final class CreateDistributedTable implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "create_distributed_table",
          "Spreads a table over shards by the hash of one column, and moves the rows that are"
              + " there. Called again after an interruption it goes on.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.required(
                  "distribution_column", "STRING", "The key; equal keys share a shard."),
              ProcedureArgument.optional(
                  "shard_count", "INT", "1 to 1024; that of colocate_with, or 32, if absent."),
              ProcedureArgument.optional(
                  "colocate_with",
                  "STRING",
                  "A distributed table with the same kind of key: equal keys of both lie in equal"
                      + " shards."),
              ProcedureArgument.optional(
                  "dry_run",
                  "BOOLEAN",
                  "True changes nothing and tells what would move; false if absent.")),
          "CALL sys.create_distributed_table('metrics.cpu', 'host', 16)",
          support -> new CreateDistributedTable(support, Clock.systemUTC()));

  private final ProcedureSupport support;
  private final Clock clock;

  CreateDistributedTable(ProcedureSupport support, Clock clock) {
    this.support = support;
    this.clock = clock;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "distribution_column", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "shard_count", type = @DataTypeHint("INT"), isOptional = true),
        @ArgumentHint(name = "colocate_with", type = @DataTypeHint("STRING"), isOptional = true),
        @ArgumentHint(name = "dry_run", type = @DataTypeHint("BOOLEAN"), isOptional = true)
      },
      output = @DataTypeHint(Moves.COLUMNS))
  public Row[] call(
      ProcedureContext context,
      String relation,
      String column,
      Integer shardCount,
      String colocateWith,
      Boolean dryRun) {
    Table table = support.table(relation);
    Table other = colocateWith == null ? null : support.table(colocateWith);
    Distribution.Hash wanted =
        new Distribution.Hash(
            Arguments.require("distribution_column", column), shards(shardCount, other));
    Columns.requireHashable(table.schema(), wanted);
    if (other != null) {
      ColocationGroups.requireAlike(other, table, wanted);
    }
    Distribution now = Distributions.of(table);
    if (now instanceof Distribution.Hash && !now.equals(wanted)) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT,
              "Cannot distribute a table again: " + relation + " is " + now)
          .withHint("CALL sys.alter_distributed_table changes column and number of shards.");
    }
    if (Boolean.TRUE.equals(dryRun)) {
      return Moves.plan(relation, table, wanted.toString());
    }
    Map<String, String> options = new HashMap<>();
    options.put(TableOptions.REFERENCE, null);
    LayoutEvolution evolution = new LayoutEvolution(table);
    evolution.requireDistributable(wanted);
    if (other != null) {
      options.put(TableOptions.COLOCATION_GROUP, group(other, colocateWith));
    }
    evolution.distribute(wanted, options);
    return Moves.run(relation, table, clock);
  }

  private static int shards(Integer wanted, Table other) {
    if (wanted != null) {
      return wanted;
    }
    return other != null && Distributions.of(other) instanceof Distribution.Hash hash
        ? hash.shards()
        : Distribution.SHARDS_DEFAULT;
  }

  /** A table that is in no group yet founds one of its own name. */
  private String group(Table other, String name) {
    return ColocationGroups.of(other)
        .orElseGet(
            () -> {
              String founded = support.identifier(name).toString();
              other.updateProperties().set(TableOptions.COLOCATION_GROUP, founded).commit();
              return founded;
            });
  }
}
