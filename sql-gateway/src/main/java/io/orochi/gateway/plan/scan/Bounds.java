package io.orochi.gateway.plan.scan;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;

/** Comparisons of a column, or of a growing function of one, with a constant. */
final class Bounds {
  private final Constants constants;

  Bounds(ZoneId timeZone, Instant now) {
    this.constants = new Constants(timeZone, now);
  }

  /**
   * What is compared: a column, perhaps rounded down.
   *
   * @param widthMicros how far below the column the compared value may lie: 0 for the column itself
   */
  record Target(ScanColumn column, long widthMicros) {}

  Optional<Target> target(RexNode value, IntFunction<ScanColumn> columns) {
    if (value instanceof RexInputRef reference) {
      return Optional.of(new Target(columns.apply(reference.getIndex()), 0));
    }
    if (!(value instanceof RexCall call)) {
      return Optional.empty();
    }
    if (call.getKind() == SqlKind.CAST) {
      return Widenings.keepsOrder(call.getOperands().get(0).getType(), call.getType())
          ? target(call.getOperands().get(0), columns)
          : Optional.empty();
    }
    return RoundedDown.of(call)
        .flatMap(
            rounded ->
                target(rounded.value(), columns)
                    .map(t -> new Target(t.column(), t.widthMicros() + rounded.widthMicros())));
  }

  Optional<Expression> compare(Target target, SqlKind kind, RexNode constant) {
    String name = target.column().name();
    Type type = target.column().type();
    Optional<Object> value = constants.value(constant, type);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (target.widthMicros() > 0) {
      return rounded(target, kind, value.get());
    }
    return Optional.ofNullable(
        switch (kind) {
          case EQUALS -> Expressions.equal(name, value.get());
          case NOT_EQUALS -> Expressions.notEqual(name, value.get());
          case LESS_THAN -> Expressions.lessThan(name, value.get());
          case LESS_THAN_OR_EQUAL -> Expressions.lessThanOrEqual(name, value.get());
          case GREATER_THAN -> Expressions.greaterThan(name, value.get());
          case GREATER_THAN_OR_EQUAL -> Expressions.greaterThanOrEqual(name, value.get());
          default -> null;
        });
  }

  /** The column is at least the rounded value and less than the rounded value plus the width. */
  private static Optional<Expression> rounded(Target target, SqlKind kind, Object value) {
    if (!(value instanceof Long micros)) {
      return Optional.empty();
    }
    String name = target.column().name();
    long end = micros + target.widthMicros();
    return Optional.ofNullable(
        switch (kind) {
          case EQUALS ->
              Expressions.and(
                  Expressions.greaterThanOrEqual(name, micros), Expressions.lessThan(name, end));
          case LESS_THAN, LESS_THAN_OR_EQUAL -> Expressions.lessThan(name, end);
          case GREATER_THAN, GREATER_THAN_OR_EQUAL -> Expressions.greaterThanOrEqual(name, micros);
          default -> null;
        });
  }

  /** The literal as the column's type, if it has exactly that value there. */
  Optional<Object> exact(RexLiteral literal, Type type) {
    return constants.value(literal, type);
  }
}
