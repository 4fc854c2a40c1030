package io.orochi.gateway.plan.scan;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A call that rounds a timestamp down: FLOOR(t TO unit), time_bucket(width, t).
 *
 * @param widthMicros more than the greatest distance from the result to the timestamp
 */
record RoundedDown(RexNode value, long widthMicros) {
  private static final long HOUR = 3_600_000_000L;

  /** Local days and hours may be longer than usual where clocks change. */
  private static final long SLACK = 3 * HOUR;

  static Optional<RoundedDown> of(RexCall call) {
    if (call.getKind() == SqlKind.FLOOR && call.getOperands().size() == 2) {
      return floor(call);
    }
    if (call.getOperator().getName().toLowerCase(Locale.ROOT).equals("time_bucket")
        && call.getOperands().size() >= 2) {
      return bucket(call);
    }
    return Optional.empty();
  }

  private static Optional<RoundedDown> floor(RexCall call) {
    if (!(call.getOperands().get(1) instanceof RexLiteral unit)
        || !(unit.getValue() instanceof TimeUnitRange range)) {
      return Optional.empty();
    }
    long hours =
        switch (range) {
          case YEAR -> 24 * 366;
          case QUARTER -> 24 * 92;
          case MONTH -> 24 * 31;
          case DAY -> 24;
          case HOUR, MINUTE, SECOND -> 1;
          default -> 0;
        };
    return hours == 0
        ? Optional.empty()
        : Optional.of(new RoundedDown(call.getOperands().get(0), hours * HOUR + SLACK));
  }

  private static Optional<RoundedDown> bucket(RexCall call) {
    if (!(call.getOperands().get(0) instanceof RexLiteral width)
        || width.isNull()
        || !SqlTypeName.INTERVAL_TYPES.contains(width.getType().getSqlTypeName())) {
      return Optional.empty();
    }
    boolean months = SqlTypeName.YEAR_INTERVAL_TYPES.contains(width.getType().getSqlTypeName());
    long number = width.getValueAs(BigDecimal.class).longValue();
    if (number <= 0 || number > Integer.MAX_VALUE * 1000L) {
      return Optional.empty();
    }
    long micros = months ? number * 31 * 24 * HOUR : number * 1000;
    return Optional.of(new RoundedDown(call.getOperands().get(1), micros + SLACK));
  }
}
