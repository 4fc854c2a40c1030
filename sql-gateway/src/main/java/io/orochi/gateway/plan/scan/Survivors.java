package io.orochi.gateway.plan.scan;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.flink.table.planner.calcite.FlinkTypeFactory;
import org.apache.flink.table.planner.calcite.FlinkTypeSystem;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;

/**
 * What a row that survives a DELETE must be like. A file that cannot hold such a row, by its
 * statistics, loses all its rows, and need not be read.
 */
public final class Survivors {
  private static final RexBuilder BUILDER =
      new RexBuilder(
          new FlinkTypeFactory(Survivors.class.getClassLoader(), FlinkTypeSystem.INSTANCE));

  private final Bounds bounds;

  public Survivors(ZoneId timeZone, Instant now) {
    this.bounds = new Bounds(timeZone, now);
  }

  /**
   * True for every row for which the condition is false or NULL, and perhaps for others.
   *
   * @param columns the scan column behind each input field
   * @return empty if statistics cannot tell
   */
  public Optional<Expression> of(RexNode condition, IntFunction<ScanColumn> columns) {
    if (condition.isAlwaysTrue()) {
      return Optional.of(Expressions.alwaysFalse());
    }
    if (!(condition instanceof RexCall call)) {
      return Optional.empty();
    }
    return switch (call.getKind()) {
      case AND -> ofAny(call, columns);
      case OR -> ofAll(call, columns);
      case SEARCH -> {
        RexNode expanded = RexUtil.expandSearch(BUILDER, null, call);
        yield expanded.getKind() == SqlKind.SEARCH ? Optional.empty() : of(expanded, columns);
      }
      case IS_NULL -> column(call, columns).map(column -> Expressions.notNull(column.name()));
      case IS_NOT_NULL -> column(call, columns).map(column -> Expressions.isNull(column.name()));
      case EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          comparison(call, columns);
      default -> Optional.empty();
    };
  }

  private Optional<Expression> ofAny(RexCall and, IntFunction<ScanColumn> columns) {
    Expression any = Expressions.alwaysFalse();
    for (RexNode operand : RelOptUtil.conjunctions(and)) {
      Optional<Expression> survivors = of(operand, columns);
      if (survivors.isEmpty()) {
        return Optional.empty();
      }
      any = Expressions.or(any, survivors.get());
    }
    return Optional.of(any);
  }

  /** A part that cannot tell says nothing; the others still hold. */
  private Optional<Expression> ofAll(RexCall or, IntFunction<ScanColumn> columns) {
    Expression all = Expressions.alwaysTrue();
    for (RexNode operand : RelOptUtil.disjunctions(or)) {
      all = Expressions.and(all, of(operand, columns).orElse(Expressions.alwaysTrue()));
    }
    return all == Expressions.alwaysTrue() ? Optional.empty() : Optional.of(all);
  }

  private static Optional<ScanColumn> column(RexCall call, IntFunction<ScanColumn> columns) {
    return call.getOperands().get(0) instanceof RexInputRef reference
        ? Optional.of(columns.apply(reference.getIndex()))
        : Optional.empty();
  }

  private Optional<Expression> comparison(RexCall call, IntFunction<ScanColumn> columns) {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    SqlKind kind = opposite(call.getKind());
    if (RexUtil.isConstant(left)) {
      return comparison(right, kind.reverse(), left, columns);
    }
    return comparison(left, kind, right, columns);
  }

  private Optional<Expression> comparison(
      RexNode value, SqlKind kind, RexNode constant, IntFunction<ScanColumn> columns) {
    if (!RexUtil.isConstant(constant)) {
      return Optional.empty();
    }
    return bounds
        .target(value, columns)
        .flatMap(
            target ->
                bounds
                    .compare(target, kind, constant)
                    .map(failing -> Expressions.or(failing, unordered(target.column()))));
  }

  /** Values for which no comparison need be true, and of which minimum and maximum say nothing. */
  private static Expression unordered(ScanColumn column) {
    Expression isNull = Expressions.isNull(column.name());
    boolean floating =
        column.type().typeId() == Type.TypeID.FLOAT || column.type().typeId() == Type.TypeID.DOUBLE;
    return floating ? Expressions.or(isNull, Expressions.isNaN(column.name())) : isNull;
  }

  private static SqlKind opposite(SqlKind kind) {
    return switch (kind) {
      case EQUALS -> SqlKind.NOT_EQUALS;
      case LESS_THAN -> SqlKind.GREATER_THAN_OR_EQUAL;
      case LESS_THAN_OR_EQUAL -> SqlKind.GREATER_THAN;
      case GREATER_THAN -> SqlKind.LESS_THAN_OR_EQUAL;
      default -> SqlKind.LESS_THAN;
    };
  }
}
