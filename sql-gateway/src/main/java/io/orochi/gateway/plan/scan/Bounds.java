package io.orochi.gateway.plan.scan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Comparisons of a column, or of a growing function of one, with a constant. */
final class Bounds {
  private static final Step.Least ITSELF = value -> value;

  private final Constants constants;
  private final GrowingCalls calls;

  Bounds(ZoneId timeZone, Instant now) {
    this.constants = new Constants(timeZone, now);
    this.calls = new GrowingCalls(timeZone);
  }

  /**
   * What is compared.
   *
   * @param type of the compared value
   * @param least of the column, for which the value is not less than another; as it is for the
   *     column itself
   * @param slack how far {@code least} may be wrong
   */
  record Target(ScanColumn column, Type type, Step.Least least, long slack) {
    boolean isColumn() {
      return least == ITSELF;
    }

    /** Whether the conditions made of it are true for no other rows. */
    boolean isExact() {
      return slack == 0
          && switch (column.type().typeId()) {
            case INTEGER, LONG, DATE, TIMESTAMP, DECIMAL -> true;
            default -> false;
          };
    }
  }

  Optional<Target> target(RexNode value, IntFunction<ScanColumn> columns) {
    if (value instanceof RexInputRef reference) {
      ScanColumn column = columns.apply(reference.getIndex());
      return Optional.of(new Target(column, column.type(), ITSELF, 0));
    }
    if (!(value instanceof RexCall call)) {
      return Optional.empty();
    }
    if (call.getKind() == SqlKind.CAST
        && Widenings.keepsOrder(call.getOperands().get(0).getType(), call.getType())) {
      return target(call.getOperands().get(0), columns);
    }
    return calls.step(call).flatMap(step -> after(step, call.getType(), columns));
  }

  private Optional<Target> after(Step step, RelDataType result, IntFunction<ScanColumn> columns) {
    Optional<Type> type = typeOf(result);
    Optional<Target> time = target(step.time(), columns);
    if (type.isEmpty() || time.isEmpty() || !isTime(time.get().column().type())) {
      return Optional.empty();
    }
    Step.Least below = time.get().least();
    return Optional.of(
        new Target(
            time.get().column(),
            type.get(),
            value -> below.of(step.least().of(value)),
            // a wrong day among days is a wrong day of microseconds
            slack(time.get(), step)));
  }

  private static long slack(Target time, Step step) {
    boolean days = time.column().type().typeId() == Type.TypeID.DATE;
    return days && step.slack() > 0 ? time.slack() + 1 : time.slack() + step.slack();
  }

  private static boolean isTime(Type type) {
    return type.typeId() == Type.TypeID.TIMESTAMP || type.typeId() == Type.TypeID.DATE;
  }

  private static Optional<Type> typeOf(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case DATE -> Optional.of(Types.DateType.get());
      case TIMESTAMP -> Optional.of(Types.TimestampType.withoutZone());
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Optional.of(Types.TimestampType.withZone());
      case BIGINT -> Optional.of(Types.LongType.get());
      default -> Optional.empty();
    };
  }

  Optional<Expression> compare(Target target, SqlKind kind, RexNode constant) {
    Optional<Object> value = constants.value(constant, target.type());
    if (value.isEmpty()) {
      return Optional.empty();
    }
    String name = target.column().name();
    if (!target.isColumn()) {
      return growing(target, kind, ((Number) value.get()).longValue());
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

  /** The function is at least a value from a certain point on, and more than it from a later. */
  private static Optional<Expression> growing(Target target, SqlKind kind, long value) {
    try {
      return Optional.ofNullable(
          switch (kind) {
            case EQUALS -> Expressions.and(from(target, value), before(target, value + 1));
            case LESS_THAN -> before(target, value);
            case LESS_THAN_OR_EQUAL -> before(target, value + 1);
            case GREATER_THAN -> from(target, value + 1);
            case GREATER_THAN_OR_EQUAL -> from(target, value);
            default -> null;
          });
    } catch (ArithmeticException | DateTimeException beyondTheCalendar) {
      return Optional.empty();
    }
  }

  private static Expression from(Target target, long value) {
    long bound = Math.subtractExact(target.least().of(value), target.slack());
    return Expressions.greaterThanOrEqual(target.column().name(), literal(target, bound));
  }

  private static Expression before(Target target, long value) {
    long bound = Math.addExact(target.least().of(value), target.slack());
    return Expressions.lessThan(target.column().name(), literal(target, bound));
  }

  private static Object literal(Target target, long bound) {
    return target.column().type().typeId() == Type.TypeID.DATE
        ? (Object) Math.toIntExact(bound)
        : (Object) bound;
  }

  /** A time formatted down to a unit is a text: the time lies in that unit. */
  Optional<Expression> formatted(RexCall format, RexNode text, IntFunction<ScanColumn> columns) {
    if (!(format.getOperands().get(1) instanceof RexLiteral pattern)
        || !(text instanceof RexLiteral literal)
        || !isText(pattern)
        || !isText(literal)) {
      return Optional.empty();
    }
    RexNode time = format.getOperands().get(0);
    return TimeFormats.of(pattern.getValueAs(String.class))
        .flatMap(
            known ->
                known
                    .start(literal.getValueAs(String.class))
                    .flatMap(start -> within(time, known.unit(), start, columns)));
  }

  private Optional<Expression> within(
      RexNode time, CalendarUnit unit, LocalDateTime start, IntFunction<ScanColumn> columns) {
    return calls
        .floorTo(time, unit)
        .flatMap(step -> after(step, time.getType(), columns))
        .flatMap(target -> growing(target, SqlKind.EQUALS, calls.moment(time, start)));
  }

  private static boolean isText(RexLiteral literal) {
    return !literal.isNull() && SqlTypeName.CHAR_TYPES.contains(literal.getType().getSqlTypeName());
  }

  /** The literal as the column's type, if it has exactly that value there. */
  Optional<Object> exact(RexLiteral literal, Type type) {
    return constants.value(literal, type);
  }
}
