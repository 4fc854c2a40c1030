package io.orochi.gateway.plan.scan;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.flink.table.planner.calcite.FlinkTypeFactory;
import org.apache.flink.table.planner.calcite.FlinkTypeSystem;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;

/** Conditions as Iceberg expressions that are true for every row for which the condition is. */
final class PruningFilters {
  private static final RexBuilder BUILDER =
      new RexBuilder(
          new FlinkTypeFactory(PruningFilters.class.getClassLoader(), FlinkTypeSystem.INSTANCE));

  private static final int MOST_BRANCHES = 200;

  private final Bounds bounds;

  PruningFilters(ZoneId timeZone, Instant now) {
    this.bounds = new Bounds(timeZone, now);
  }

  /** Empty if statistics cannot help. */
  Optional<Expression> convert(RexNode node, IntFunction<ScanColumn> columns) {
    if (node instanceof RexInputRef reference) {
      return equalTo(reference, true, columns);
    }
    if (!(node instanceof RexCall call)) {
      return Optional.empty();
    }
    return switch (call.getKind()) {
      case AND -> and(call, columns);
      case OR -> or(call, columns);
      case NOT -> not(call.getOperands().get(0), columns);
      case SEARCH -> search(call, columns);
      case IS_NULL -> unary(call, columns, Expressions::isNull);
      case IS_NOT_NULL -> unary(call, columns, Expressions::notNull);
      case IS_TRUE -> convert(call.getOperands().get(0), columns);
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          comparison(call, columns);
      case LIKE -> like(call, columns);
      default -> Optional.empty();
    };
  }

  /** Whether what {@link #convert} returns is true for no other rows. */
  boolean isExact(RexNode node, IntFunction<ScanColumn> columns) {
    if (!(node instanceof RexCall call)) {
      return false;
    }
    return switch (call.getKind()) {
      case AND, OR ->
          call.getOperands().stream().allMatch(operand -> isExact(operand, columns))
              && convert(call, columns).isPresent();
      case SEARCH -> {
        RexNode expanded = RexUtil.expandSearch(BUILDER, null, call);
        yield expanded.getKind() != SqlKind.SEARCH && isExact(expanded, columns);
      }
      case EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> {
        RexNode left = call.getOperands().get(0);
        RexNode value = RexUtil.isConstant(left) ? call.getOperands().get(1) : left;
        yield bounds.target(value, columns).filter(Bounds.Target::isExact).isPresent()
            && comparison(call, columns).isPresent();
      }
      default -> false;
    };
  }

  private Optional<Expression> and(RexCall call, IntFunction<ScanColumn> columns) {
    Expression all = Expressions.alwaysTrue();
    for (RexNode operand : call.getOperands()) {
      all = Expressions.and(all, convert(operand, columns).orElse(Expressions.alwaysTrue()));
    }
    return all == Expressions.alwaysTrue() ? Optional.empty() : Optional.of(all);
  }

  /** Points of one column are a set, whatever their number; other branches stay a tree. */
  private Optional<Expression> or(RexCall call, IntFunction<ScanColumn> columns) {
    Map<ScanColumn, List<Object>> points = new LinkedHashMap<>();
    List<Expression> branches = new ArrayList<>();
    for (RexNode operand : RelOptUtil.disjunctions(call)) {
      if (addPoint(operand, columns, points)) {
        continue;
      }
      Optional<Expression> branch = convert(operand, columns);
      if (branch.isEmpty() || branches.size() >= MOST_BRANCHES) {
        return Optional.empty();
      }
      branches.add(branch.get());
    }
    points.forEach((column, values) -> branches.add(Expressions.in(column.name(), values)));
    return branches.stream().reduce(Expressions::or);
  }

  private boolean addPoint(
      RexNode node, IntFunction<ScanColumn> columns, Map<ScanColumn, List<Object>> points) {
    if (node.getKind() != SqlKind.EQUALS
        || !(((RexCall) node).getOperands().get(0) instanceof RexInputRef reference)
        || !(((RexCall) node).getOperands().get(1) instanceof RexLiteral value)) {
      return false;
    }
    ScanColumn column = columns.apply(reference.getIndex());
    Optional<Object> point = bounds.exact(value, column.type());
    point.ifPresent(found -> points.computeIfAbsent(column, key -> new ArrayList<>()).add(found));
    return point.isPresent();
  }

  private Optional<Expression> not(RexNode operand, IntFunction<ScanColumn> columns) {
    if (operand instanceof RexInputRef reference) {
      return equalTo(reference, false, columns);
    }
    if (operand instanceof RexCall call && call.getKind() == SqlKind.IS_NULL) {
      return unary(call, columns, Expressions::notNull);
    }
    return Optional.empty();
  }

  private static Optional<Expression> equalTo(
      RexInputRef reference, boolean value, IntFunction<ScanColumn> columns) {
    ScanColumn column = columns.apply(reference.getIndex());
    return column.type().typeId() == Type.TypeID.BOOLEAN
        ? Optional.of(Expressions.equal(column.name(), value))
        : Optional.empty();
  }

  private static Optional<Expression> unary(
      RexCall call,
      IntFunction<ScanColumn> columns,
      java.util.function.Function<String, Expression> test) {
    return call.getOperands().get(0) instanceof RexInputRef reference
        ? Optional.of(test.apply(columns.apply(reference.getIndex()).name()))
        : Optional.empty();
  }

  private Optional<Expression> search(RexCall call, IntFunction<ScanColumn> columns) {
    RexNode expanded = RexUtil.expandSearch(BUILDER, null, call);
    return expanded.getKind() == SqlKind.SEARCH ? Optional.empty() : convert(expanded, columns);
  }

  private Optional<Expression> comparison(RexCall call, IntFunction<ScanColumn> columns) {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    SqlKind kind = call.getKind();
    if (RexUtil.isConstant(left)) {
      return comparison(right, kind.reverse(), left, columns);
    }
    return comparison(left, kind, right, columns);
  }

  private Optional<Expression> comparison(
      RexNode value, SqlKind kind, RexNode constant, IntFunction<ScanColumn> columns) {
    if (kind == SqlKind.EQUALS
        && value instanceof RexCall format
        && format.getOperator().getName().equalsIgnoreCase("DATE_FORMAT")) {
      return bounds.formatted(format, constant, columns);
    }
    return bounds.target(value, columns).flatMap(t -> bounds.compare(t, kind, constant));
  }

  private static Optional<Expression> like(RexCall call, IntFunction<ScanColumn> columns) {
    if (!(call.getOperands().get(0) instanceof RexInputRef reference)
        || !(call.getOperands().get(1) instanceof RexLiteral pattern)
        || call.getOperands().size() != 2
        || pattern.isNull()
        || columns.apply(reference.getIndex()).type().typeId() != Type.TypeID.STRING
        || !SqlTypeName.CHAR_TYPES.contains(pattern.getType().getSqlTypeName())) {
      return Optional.empty();
    }
    String text = pattern.getValueAs(String.class);
    int length = 0;
    while (length < text.length() && "%_\\".indexOf(text.charAt(length)) < 0) {
      length++;
    }
    return length == 0
        ? Optional.empty()
        : Optional.of(
            Expressions.startsWith(
                columns.apply(reference.getIndex()).name(), text.substring(0, length)));
  }
}
