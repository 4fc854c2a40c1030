package io.orochi.gateway.plan.rel.tree;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * {@code ROW_NUMBER() OVER (PARTITION BY keys ORDER BY time …) = 1} over rows of one table: a row
 * counts only if it has the least or the greatest time of its keys, which is far less to remember
 * than whole rows.
 *
 * @param keys fields of the rows
 * @param order a field that is never NULL, of a type whose values have one order
 */
public record FirstOfEach(List<Integer> keys, int order, boolean descending) {
  private static final Set<SqlTypeName> ORDERED =
      Set.of(
          SqlTypeName.TIMESTAMP,
          SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
          SqlTypeName.DATE,
          SqlTypeName.INTEGER,
          SqlTypeName.BIGINT);

  public FirstOfEach {
    keys = List.copyOf(keys);
  }

  /** What the rows below the filter's input need; empty if others of them may count. */
  public static Optional<FirstOfEach> of(Filter filter) {
    if (!(filter.getInput() instanceof Project project)
        || !project.getVariablesSet().isEmpty()
        || !filter.getVariablesSet().isEmpty()
        || !OneTable.isUnder(project.getInput())) {
      return Optional.empty();
    }
    List<RexNode> windows = project.getProjects().stream().filter(RexOver::containsOver).toList();
    if (windows.size() != 1 || !(windows.get(0) instanceof RexOver number)) {
      return Optional.empty();
    }
    int field = project.getProjects().indexOf(number);
    return RelOptUtil.conjunctions(filter.getCondition()).stream()
            .anyMatch(conjunct -> isFirst(conjunct, field))
        ? of(number)
        : Optional.empty();
  }

  private static boolean isFirst(RexNode conjunct, int field) {
    return conjunct.getKind() == SqlKind.EQUALS
        && conjunct instanceof RexCall equal
        && equal.getOperands().get(0) instanceof RexInputRef reference
        && reference.getIndex() == field
        && equal.getOperands().get(1) instanceof RexLiteral literal
        && literal.getValue() instanceof BigDecimal value
        && value.compareTo(BigDecimal.ONE) == 0;
  }

  private static Optional<FirstOfEach> of(RexOver number) {
    List<RexFieldCollation> orders = number.getWindow().orderKeys;
    if (number.getAggOperator().getKind() != SqlKind.ROW_NUMBER
        || orders.isEmpty()
        || !(orders.get(0).left instanceof RexInputRef order)
        || order.getType().isNullable()
        || !ORDERED.contains(order.getType().getSqlTypeName())) {
      return Optional.empty();
    }
    List<Integer> keys = new ArrayList<>();
    for (RexNode key : number.getWindow().partitionKeys) {
      if (!(key instanceof RexInputRef reference)) {
        return Optional.empty();
      }
      keys.add(reference.getIndex());
    }
    boolean descending = orders.get(0).getDirection().isDescending();
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(new FirstOfEach(keys, order.getIndex(), descending));
  }
}
