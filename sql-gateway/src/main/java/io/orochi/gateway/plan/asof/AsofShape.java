package io.orochi.gateway.plan.asof;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** What the condition of an ASOF JOIN must look like. */
public final class AsofShape {
  private static final Set<SqlKind> ORDERS =
      EnumSet.of(
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL);

  private AsofShape() {}

  /**
   * @param condition of the join, taken out of its {@link AsofCondition}
   * @throws OrochiException SQL_INVALID
   */
  public static void check(Join join, RexNode condition) {
    if (join.getJoinType() != JoinRelType.INNER && join.getJoinType() != JoinRelType.LEFT) {
      throw invalid("it is a " + join.getJoinType() + " join; only inner and left ones are known.");
    }
    int width = join.getLeft().getRowType().getFieldCount();
    int orders = 0;
    for (RexNode part : RelOptUtil.conjunctions(condition)) {
      boolean compares = part.isA(SqlKind.EQUALS) || ORDERS.contains(part.getKind());
      if (!compares || !isBetweenSides((RexCall) part, width)) {
        throw invalid("each part of ON has to compare a value of the left with one of the right.");
      }
      orders += part.isA(SqlKind.EQUALS) ? 0 : 1;
    }
    if (orders != 1) {
      throw invalid("ON has " + orders + " comparisons by >=, >, <= or <, and needs one.");
    }
  }

  private static boolean isBetweenSides(RexCall comparison, int width) {
    ImmutableBitSet first = RelOptUtil.InputFinder.bits(comparison.getOperands().get(0));
    ImmutableBitSet second = RelOptUtil.InputFinder.bits(comparison.getOperands().get(1));
    ImmutableBitSet left = ImmutableBitSet.range(width);
    return !first.isEmpty()
        && !second.isEmpty()
        && (left.contains(first) && !left.intersects(second)
            || left.contains(second) && !left.intersects(first));
  }

  private static OrochiException invalid(String why) {
    return OrochiException.of(OrochiErrorCode.SQL_INVALID, "Invalid ASOF JOIN: " + why)
        .withHint("FROM trades t ASOF JOIN quotes q ON t.symbol = q.symbol AND t.ts >= q.ts");
  }
}
