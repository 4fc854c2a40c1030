package io.orochi.catalog.flink.procedure.layout;

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
import java.util.ArrayList;
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
import org.apache.iceberg.catalog.TableIdentifier;

/** {@code sys.alter_distributed_table}. */
public final class AlterDistributedTable implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "alter_distributed_table",
          "Changes column or number of shards of a distributed table, and moves the rows that are there. Called again after an interruption it goes on.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.optional(
                  "distribution_column", "STRING", "The new key; the old one if absent."),
              ProcedureArgument.optional("shard_count", "INT", "1 to 1024; as it is if absent."),
              ProcedureArgument.optional(
                  "cascade_to_colocated",
                  "BOOLEAN",
                  "True changes shard_count of all tables of the co-location group, false takes this one out of it. Must be given for a table in a group."),
              ProcedureArgument.optional(
                  "dry_run",
                  "BOOLEAN",
                  "True changes nothing and tells what would move; false if absent.")),
          "CALL sys.alter_distributed_table(relation => 'metrics.cpu', shard_count => 32)",
          support -> new AlterDistributedTable(support, Clock.systemUTC()));

  private final ProcedureSupport support;
  private final Clock clock;

  AlterDistributedTable(ProcedureSupport support, Clock clock) {
    this.support = support;
    this.clock = clock;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(
            name = "distribution_column",
            type = @DataTypeHint("STRING"),
            isOptional = true),
        @ArgumentHint(name = "shard_count", type = @DataTypeHint("INT"), isOptional = true),
        @ArgumentHint(
            name = "cascade_to_colocated",
            type = @DataTypeHint("BOOLEAN"),
            isOptional = true),
        @ArgumentHint(name = "dry_run", type = @DataTypeHint("BOOLEAN"), isOptional = true)
      },
      output = @DataTypeHint(Moves.COLUMNS))
  public Row[] call(
      ProcedureContext context,
      String relation,
      String column,
      Integer shardCount,
      Boolean cascade,
      Boolean dryRun) {
    Table table = support.table(relation);
    if (!(Distributions.of(table) instanceof Distribution.Hash now)) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT,
              "Cannot alter a table that is not distributed: " + relation)
          .withHint("CALL sys.create_distributed_table distributes it.");
    }
    Distribution.Hash wanted =
        new Distribution.Hash(
            column == null ? now.column() : column.strip(),
            shardCount == null ? now.shards() : shardCount);
    Columns.requireHashable(table.schema(), wanted);
    List<String> others = others(table, relation);
    if (!others.isEmpty() && cascade == null) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT,
              "Cannot alter a co-located table alone: " + relation)
          .withDetail("It is co-located with " + String.join(", ", others) + ".")
          .withHint(
              "Pass cascade_to_colocated => true to change all of them, or false to take it out of"
                  + " the group.");
    }
    if (Boolean.TRUE.equals(dryRun)) {
      return Moves.plan(relation, table, wanted.toString());
    }
    Map<String, String> options = new HashMap<>();
    if (Boolean.FALSE.equals(cascade)) {
      options.put(TableOptions.COLOCATION_GROUP, null);
    }
    new LayoutEvolution(table).distribute(wanted, options);
    List<Row> rows = new ArrayList<>(List.of(Moves.run(relation, table, clock)));
    if (Boolean.TRUE.equals(cascade)) {
      others.forEach(other -> rows.addAll(follow(other, wanted.shards())));
    }
    return rows.toArray(Row[]::new);
  }

  private List<String> others(Table table, String relation) {
    TableIdentifier self = support.identifier(relation);
    return ColocationGroups.of(table).stream()
        .flatMap(group -> new ColocationGroups(support.catalog()).members(group).stream())
        .filter(member -> !member.equals(self))
        .map(TableIdentifier::toString)
        .toList();
  }

  private List<Row> follow(String relation, int shards) {
    Table table = support.table(relation);
    if (Distributions.of(table) instanceof Distribution.Hash now) {
      new LayoutEvolution(table).distribute(new Distribution.Hash(now.column(), shards), Map.of());
    }
    return List.of(Moves.run(relation, table, clock));
  }
}
