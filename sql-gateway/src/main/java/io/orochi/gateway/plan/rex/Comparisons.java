package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.Types;
import io.orochi.gateway.plan.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;
import org.apache.flink.table.planner.calcite.FlinkTypeFactory;
import org.apache.flink.table.planner.calcite.FlinkTypeSystem;

/** =, <>, <, IN lists and ranges. */
final class Comparisons {
  private static final RexBuilder BUILDER =
      new RexBuilder(
          new FlinkTypeFactory(Comparisons.class.getClassLoader(), FlinkTypeSystem.INSTANCE));

  private Comparisons() {}

  static void addTo(Map<String, Call.Rule> rules) {
    for (String operator : List.of("=", "<>", "<", "<=", ">", ">=")) {
      rules.put(operator, call -> compare(call, operator));
    }
    rules.put("IS DISTINCT FROM", call -> compare(call, "IS DISTINCT FROM"));
    rules.put("IS NOT DISTINCT FROM", call -> compare(call, "IS NOT DISTINCT FROM"));
    rules.put("SEARCH", Comparisons::search);
  }

  private static String compare(Call call, String operator) {
    RelDataType left = call.type(0);
    RelDataType right = call.type(1);
    if (Types.isNumber(left) && Types.isNumber(right)) {
      boolean widen =
          (Types.isApproximate(left) || Types.isApproximate(right))
              && !Types.sameInKernel(left, right);
      return "(" + number(call, 0, widen) + " " + operator + " " + number(call, 1, widen) + ")";
    }
    if (Types.isLocalTimestamp(left) && Types.isLocalTimestamp(right)) {
      return "(" + call.sql(0) + " " + operator + " " + call.sql(1) + ")";
    }
    if (Types.isTimestamp(left) && Types.isTimestamp(right) && !Types.sameInKernel(left, right)) {
      requireMicros(call);
      return "(" + instant(call, 0) + " " + operator + " " + instant(call, 1) + ")";
    }
    if (!comparable(left, right)) {
      throw call.refusal("a comparison of " + left + " with " + right);
    }
    return "(" + call.sql(0) + " " + operator + " " + call.sql(1) + ")";
  }

  /** An instant of the kernel has microseconds. */
  private static void requireMicros(Call call) {
    if (Types.hasNanos(call.type(0)) || Types.hasNanos(call.type(1))) {
      throw call.refusal("a comparison of nanoseconds with a TIMESTAMP_LTZ");
    }
  }

  /** A TIMESTAMP compared with a TIMESTAMP_LTZ is one in the zone of the session. */
  private static String instant(Call call, int operand) {
    return Types.isZonedTimestamp(call.type(operand))
        ? call.sql(operand)
        : Casts.toInstant(call, operand);
  }

  /** Flink compares a FLOAT with anything else as DOUBLE; the kernel would narrow to FLOAT. */
  private static String number(Call call, int operand, boolean widen) {
    boolean isDouble = call.type(operand).getSqlTypeName() == SqlTypeName.DOUBLE;
    String sql = call.sql(operand);
    return widen && !isDouble ? "CAST(" + sql + " AS DOUBLE)" : sql;
  }

  private static boolean comparable(RelDataType left, RelDataType right) {
    return switch (left.getSqlTypeName()) {
      case BOOLEAN, DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, BINARY, VARBINARY ->
          Types.sameInKernel(left, right);
      case CHAR, VARCHAR -> Types.isText(right);
      default ->
          Types.isMonthInterval(left) && Types.isMonthInterval(right)
              || Types.isTimeInterval(left) && Types.isTimeInterval(right);
    };
  }

  /** A set of points becomes IN, anything else ranges joined by OR. */
  private static String search(Call call) {
    RexLiteral literal = (RexLiteral) call.node(1);
    Sarg<?> sarg = literal.getValueAs(Sarg.class);
    boolean simple = Types.sameInKernel(call.type(0), call.type(1));
    if (simple && sarg.isPoints() && sarg.nullAs == RexUnknownAs.UNKNOWN) {
      return points(call, sarg, literal.getType(), " IN (");
    }
    if (simple && sarg.isComplementedPoints() && sarg.nullAs == RexUnknownAs.UNKNOWN) {
      return points(call, sarg.negate(), literal.getType(), " NOT IN (");
    }
    RexNode expanded = RexUtil.expandSearch(BUILDER, null, call.rex());
    if (expanded.getKind() == SqlKind.SEARCH) {
      throw call.refusal("a set of ranges");
    }
    return call.sql(expanded);
  }

  private static String points(Call call, Sarg<?> sarg, RelDataType type, String operator) {
    List<String> values = new ArrayList<>();
    sarg.rangeSet.asRanges().forEach(range -> values.add(point(call, range.lowerEndpoint(), type)));
    return "(" + call.sql(0) + operator + String.join(", ", values) + "))";
  }

  private static String point(Call call, Object value, RelDataType type) {
    return value instanceof NlsString text
        ? SqlText.string(text.getValue())
        : call.sql(BUILDER.makeLiteral(value, type, false));
  }
}
