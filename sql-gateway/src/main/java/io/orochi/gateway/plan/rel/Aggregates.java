package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.rel.tree.Names;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.KernelTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** GROUP BY, with grouping sets, and the aggregates. */
final class Aggregates {
  private Aggregates() {}

  static Block write(Aggregate aggregate, ImmutableBitSet needed, RelSql sql) {
    int keys = aggregate.getGroupCount();
    List<AggregateCall> calls = aggregate.getAggCallList();
    ImmutableBitSet.Builder read = ImmutableBitSet.builder().addAll(aggregate.getGroupSet());
    int[] uses = new int[aggregate.getInput().getRowType().getFieldCount()];
    for (int i = 0; i < calls.size(); i++) {
      if (needed.get(keys + i)) {
        List<Integer> arguments = AggregateCalls.columns(calls.get(i));
        read.addAll(arguments);
        arguments.forEach(argument -> uses[argument]++);
        if (calls.get(i).filterArg >= 0) {
          read.set(calls.get(i).filterArg);
          uses[calls.get(i).filterArg]++;
        }
      }
    }
    int scans = sql.scans().size();
    int guesses = sql.pruning().guesses();
    ImmutableBitSet columns = read.build();
    Block input =
        GroupWindows.rows(aggregate, columns, sql)
            .orElseGet(() -> sql.block(aggregate.getInput(), columns));
    if (sql.scans().size() == scans + 1 && sql.pruning().guesses() == guesses) {
      Optional<Block> told = MetadataAggregates.write(aggregate, needed, input, sql);
      if (told.isPresent()) {
        return told.get();
      }
    }
    if (sql.scans().size() == scans + 1) {
      ExtremeRows.note(aggregate, needed, input, sql);
    }
    if (!fits(input, aggregate.getGroupSet(), uses) || repeatsKey(aggregate, input)) {
      input = sql.nested(input);
    }
    Block groups = input.groupBy(groupBy(aggregate, input), columns(aggregate, needed, input));
    return totalsOfNothing(aggregate) ? groups.having("count(*) > 0") : groups;
  }

  /**
   * Flink counts the row of all totals among the groups, of which no rows have none; to the kernel
   * and the SQL standard it is there always.
   */
  private static boolean totalsOfNothing(Aggregate aggregate) {
    return aggregate.getGroupCount() > 0
        && aggregate.getGroupSets().stream().anyMatch(ImmutableBitSet::isEmpty);
  }

  /** One column under two names is one key to the kernel, in every grouping set that has either. */
  private static boolean repeatsKey(Aggregate aggregate, Block input) {
    long different =
        aggregate.getGroupSet().asList().stream()
            .map(key -> input.column(key).sql())
            .distinct()
            .count();
    return aggregate.getGroupType() != Aggregate.Group.SIMPLE
        && different < aggregate.getGroupCount();
  }

  /** A key that no grouping set has: Calcite makes such groups of a set that is given twice. */
  private static Column nothing(Aggregate aggregate, int key, String name) {
    String type = KernelTypes.of(aggregate.getRowType().getFieldList().get(key).getType());
    return new Column("CAST(NULL AS " + type + ")", name, false, false, null);
  }

  private static boolean fits(Block input, ImmutableBitSet keys, int[] uses) {
    if (!input.takesGroups()) {
      return false;
    }
    for (int key : keys) {
      if (!input.column(key).simple()) {
        return false;
      }
    }
    for (int i = 0; i < uses.length; i++) {
      if (uses[i] > 1 && !input.column(i).simple()) {
        return false;
      }
    }
    return true;
  }

  private static String groupBy(Aggregate aggregate, Block input) {
    if (aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
      return list(aggregate.getGroupSet(), input);
    }
    return aggregate.getGroupSets().stream()
        .map(set -> "(" + list(set, input) + ")")
        .collect(Collectors.joining(", ", "GROUPING SETS (", ")"));
  }

  private static String list(ImmutableBitSet keys, Block input) {
    return keys.asList().stream()
        .map(key -> input.column(key).sql())
        .collect(Collectors.joining(", "));
  }

  private static List<Column> columns(Aggregate aggregate, ImmutableBitSet needed, Block input) {
    List<String> names = Names.unique(aggregate.getRowType());
    List<Column> columns = new ArrayList<>();
    boolean simple = aggregate.getGroupType() == Aggregate.Group.SIMPLE;
    ImmutableBitSet grouped = ImmutableBitSet.union(aggregate.getGroupSets());
    for (int key : aggregate.getGroupSet()) {
      String name = names.get(columns.size());
      Column column = input.column(key).called(name);
      columns.add(
          simple
              ? column
              : grouped.get(key)
                  ? column.withoutOrigin()
                  : nothing(aggregate, columns.size(), name));
    }
    for (AggregateCall call : aggregate.getAggCallList()) {
      int index = columns.size();
      if (call.getAggregation().getKind() == SqlKind.GROUPING
          && !grouped.contains(ImmutableBitSet.of(call.getArgList()))) {
        throw new CannotExpress("GROUPING of a key that no grouping set has");
      }
      columns.add(
          needed.get(index)
              ? new Column(
                  AggregateCalls.write(call, input, aggregate.getInput()),
                  names.get(index),
                  false,
                  false,
                  null)
              : null);
    }
    if (columns.isEmpty()) {
      throw new CannotExpress("an aggregate without columns");
    }
    if (aggregate.getGroupCount() == 0 && columns.stream().allMatch(Objects::isNull)) {
      // without an aggregate there would be a row per input row instead of one
      columns.set(0, new Column("count(*)", names.get(0), false, false, null));
    }
    return columns;
  }
}
