package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.ConstantTexts;
import io.orochi.gateway.plan.rex.value.Literals;
import io.orochi.gateway.plan.rex.value.NumberTexts;
import io.orochi.gateway.plan.rex.value.RexContext;
import io.orochi.gateway.plan.rex.value.TextCasts;
import io.orochi.gateway.plan.rex.value.TimeTexts;
import io.orochi.gateway.plan.rex.value.Types;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.KernelTypes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** CAST and TRY_CAST. A conversion that Flink spells or rounds in its own way is refused. */
public final class Casts {
  private static final int LONGEST_WHOLE_NUMBER = 20;

  private Casts() {}

  static void addTo(Map<String, Call.Rule> rules) {
    rules.put("CAST", Casts::call);
    rules.put("TRY_CAST", Casts::call);
  }

  private static String call(Call call) {
    RelDataType from = call.type(0);
    RelDataType to = call.type();
    if (Types.isText(from) && !Types.isText(to)) {
      return ofText(call, to).orElseThrow(() -> call.refusal("the spelling of " + to));
    }
    if (isTry(call)
        && !Types.sameInKernel(from, to)
        && !(Types.isNumber(from) && Types.isNumber(to))) {
      throw call.refusal("TRY_CAST");
    }
    try {
      return Types.isLocalTimestamp(from) && Types.isZonedTimestamp(to)
          ? truncated(toInstant(call, 0), from, to)
          : write(call.sql(0), from, to, call.context());
    } catch (CannotExpress refused) {
      throw call.refusal(refused.getMessage());
    }
  }

  private static boolean isTry(Call call) {
    return call.rex().getOperator().getName().equals("TRY_CAST");
  }

  private static Optional<String> ofText(Call call, RelDataType to) {
    return call.text(0)
        .flatMap(text -> ConstantTexts.convert(text, to, call.context()))
        .or(
            () ->
                isTry(call)
                    ? NumberTexts.tryCast(call.sql(0), to)
                    : NumberTexts.cast(call.sql(0), to))
        .or(() -> TimeTexts.cast(call.sql(0), to, isTry(call) ? "try" : "cast", call.context()));
  }

  /**
   * The conversion of {@code sql}.
   *
   * @throws CannotExpress without naming the expression
   */
  public static String write(String sql, RelDataType from, RelDataType to, RexContext context) {
    if (from.getSqlTypeName() == SqlTypeName.NULL) {
      return "CAST(NULL AS " + KernelTypes.of(to) + ")";
    }
    return switch (to.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> toInteger(sql, from, to);
      case FLOAT, REAL, DOUBLE -> toApproximate(sql, from, to);
      case DECIMAL -> toDecimal(sql, from, to);
      case BOOLEAN -> toBoolean(sql, from, to);
      case CHAR -> toFixedText(sql, from, to);
      case VARCHAR -> TextCasts.write(sql, from, to, LONGEST_WHOLE_NUMBER);
      case DATE -> toDate(sql, from, to);
      case TIMESTAMP -> toLocalTimestamp(sql, from, to);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> toInstant(sql, from, to, context);
      default -> unchanged(sql, from, to);
    };
  }

  private static String plain(String sql, RelDataType to) {
    return "CAST(" + sql + " AS " + KernelTypes.of(to) + ")";
  }

  private static CannotExpress refuse(RelDataType from, RelDataType to) {
    return new CannotExpress("the conversion of " + from + " to " + to);
  }

  private static String unchanged(String sql, RelDataType from, RelDataType to) {
    if (from.getSqlTypeName() == to.getSqlTypeName() && Types.sameInKernel(from, to)) {
      return sql;
    }
    throw refuse(from, to);
  }

  private static String toInteger(String sql, RelDataType from, RelDataType to) {
    if (Types.isInteger(from)) {
      return Types.sameInKernel(from, to) ? sql : plain(sql, to);
    }
    if (Types.isNumber(from)) {
      return plain("trunc(" + sql + ")", to);
    }
    if (from.getSqlTypeName() == SqlTypeName.BOOLEAN) {
      return plain(sql, to);
    }
    throw refuse(from, to);
  }

  private static String toApproximate(String sql, RelDataType from, RelDataType to) {
    if (!Types.isNumber(from)) {
      throw refuse(from, to);
    }
    return Types.sameInKernel(from, to) ? sql : plain(sql, to);
  }

  /**
   * NULL where the value does not fit; a DOUBLE is rounded from its shortest spelling, as Java's.
   */
  private static String toDecimal(String sql, RelDataType from, RelDataType to) {
    if (!Types.isNumber(from)) {
      throw refuse(from, to);
    }
    if (Types.sameInKernel(from, to)) {
      return sql;
    }
    String exact = Types.isApproximate(from) ? "format('{:.40f}', " + sql + ")" : sql;
    return "TRY_CAST(" + exact + " AS " + KernelTypes.of(to) + ")";
  }

  private static String toBoolean(String sql, RelDataType from, RelDataType to) {
    return Types.isInteger(from) ? "(" + sql + " <> 0)" : unchanged(sql, from, to);
  }

  private static String toFixedText(String sql, RelDataType from, RelDataType to) {
    if (from.getSqlTypeName() == SqlTypeName.CHAR && from.getPrecision() == to.getPrecision()) {
      return sql;
    }
    throw refuse(from, to);
  }

  private static String toDate(String sql, RelDataType from, RelDataType to) {
    return Types.isTimestamp(from) ? plain(micros(sql, from), to) : unchanged(sql, from, to);
  }

  private static String micros(String sql, RelDataType from) {
    return Types.hasNanos(from) ? toMicros(sql) : sql;
  }

  private static String toLocalTimestamp(String sql, RelDataType from, RelDataType to) {
    if (Types.isDate(from)) {
      return plain(sql, to);
    }
    if (!Types.isTimestamp(from)) {
      throw refuse(from, to);
    }
    if (Types.sameInKernel(from, to)) {
      return truncated(sql, from, to);
    }
    return truncated(Types.hasNanos(from) ? toMicros(sql) : plain(sql, to), from, to);
  }

  /** The kernel's own CAST rounds nanoseconds, Flink cuts them off. */
  static String toMicros(String nanos) {
    return "make_timestamp((epoch_ns(%1$s) - ((epoch_ns(%1$s) %% 1000) + 1000) %% 1000) // 1000)"
        .formatted(nanos);
  }

  private static String toInstant(
      String sql, RelDataType from, RelDataType to, RexContext context) {
    if (Types.isZonedTimestamp(from)) {
      return truncated(sql, from, to);
    }
    if (!Types.isTemporal(from)) {
      throw refuse(from, to);
    }
    requireFixedOffset(context);
    return truncated(plain(micros(sql, from), to), from, to);
  }

  /**
   * A TIMESTAMP as an instant; a literal also where clocks are set back, if it is not ambiguous.
   */
  static String toInstant(Call call, int operand) {
    RexContext context = call.context();
    Optional<Instant> constant =
        call.literal(operand).map(Literals::timestamp).flatMap(context::instant);
    if (constant.isPresent()) {
      return Literals.instant(constant.get());
    }
    requireFixedOffset(context);
    return "CAST(" + call.micros(operand) + " AS TIMESTAMPTZ)";
  }

  private static void requireFixedOffset(RexContext context) {
    if (!context.hasFixedOffset()) {
      throw new CannotExpress(
          "local time in " + context.timeZone() + ", where clocks are set back,");
    }
  }

  private static String truncated(String sql, RelDataType from, RelDataType to) {
    int digits = to.getPrecision();
    if (Types.isDate(from) || from.getPrecision() <= digits || digits > 6) {
      return sql;
    }
    return switch (digits) {
      case 6 -> sql;
      case 3 -> "date_trunc('milliseconds', " + sql + ")";
      case 0 -> "date_trunc('second', " + sql + ")";
      default -> throw refuse(from, to);
    };
  }
}
