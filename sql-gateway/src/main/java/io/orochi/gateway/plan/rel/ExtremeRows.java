package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.narrow.KeyValues;
import io.orochi.gateway.plan.narrow.Narrowing;
import io.orochi.gateway.plan.rel.tree.OneTable;
import io.orochi.gateway.plan.scan.Relation;
import io.orochi.gateway.plan.scan.Scan;
import io.orochi.gateway.plan.scan.ScanColumn;
import io.orochi.gateway.plan.sql.SqlTemplate;
import io.orochi.table.kernel.scan.FirstFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.iceberg.types.Types;

/**
 * Aggregates over all rows of a table that depend only on those with the least or the greatest
 * value of a column: {@code first}, {@code last}, MIN and MAX. Other rows need not be looked for.
 */
final class ExtremeRows {
  private ExtremeRows() {}

  /** The rows at one end of a column. */
  private record End(String column, FirstFiles.Order order) {}

  /**
   * @param input the rows of one new scan
   */
  static void note(Aggregate aggregate, ImmutableBitSet needed, Block input, RelSql sql) {
    if (aggregate.getGroupCount() > 0
        || aggregate.getGroupType() != Aggregate.Group.SIMPLE
        || needed.isEmpty()
        || sql.isCorrelated()
        || !OneTable.isUnder(aggregate.getInput())
        || !input.takesOrder()) {
      return;
    }
    Scan scan = sql.scans().get(sql.scans().size() - 1);
    Map<End, Narrowing.FirstRows> ends = new LinkedHashMap<>();
    for (int i : needed) {
      AggregateCall call = aggregate.getAggCallList().get(i);
      Optional<FirstFiles.Order> order = order(call);
      Column column = order.isEmpty() ? null : input.column(ordering(call));
      if (column == null || !orders(column.origin(), scan)) {
        return;
      }
      ends.computeIfAbsent(
          new End(column.origin().name(), order.get()), end -> end(end, column, input, sql));
    }
    ends.keySet().forEach(end -> scan.needStatistics(end.column()));
    sql.narrow(new Narrowing.EachFirst(sql.numberOf(scan), new ArrayList<>(ends.values())));
  }

  private static Optional<FirstFiles.Order> order(AggregateCall call) {
    if (call.filterArg >= 0) {
      return Optional.empty();
    }
    return switch (call.getAggregation().getName().toUpperCase(Locale.ROOT)) {
      case "FIRST", "MIN" -> Optional.of(FirstFiles.Order.LEAST_FIRST);
      case "LAST", "MAX" -> Optional.of(FirstFiles.Order.GREATEST_FIRST);
      default -> Optional.empty();
    };
  }

  /** The last argument: the time of first and last, the value of MIN and MAX. */
  private static int ordering(AggregateCall call) {
    return call.getArgList().get(call.getArgList().size() - 1);
  }

  private static boolean orders(ScanColumn column, Scan scan) {
    return column != null
        && column.scan() == scan
        && scan.relation() instanceof Relation.Stored
        && KeyValues.areNumbers(column.type());
  }

  private static Narrowing.FirstRows end(End end, Column column, Block rows, RelSql sql) {
    Types.NestedField field = column.origin().scan().relation().schema().findField(end.column());
    boolean least = end.order() == FirstFiles.Order.LEAST_FIRST;
    String values = rows.withColumns(List.of(column.called("k"))).select();
    String reached = KeyValues.sql((least ? "min" : "max") + "(p.k)", field.type());
    return new Narrowing.FirstRows(
        sql.numberOf(column.origin().scan()),
        field.name(),
        field.type(),
        end.order(),
        1,
        SqlTemplate.of(
            "SELECT " + reached + " AS k FROM (" + values + ") AS p HAVING count(p.k) > 0"),
        rows.hasConditions());
  }
}
