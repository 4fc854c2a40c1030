package io.orochi.gateway.plan.rel.window;

import io.orochi.gateway.plan.sql.CannotExpress;
import java.time.Instant;
import java.time.ZoneId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * How the times of windows are counted: on the session's clock.
 *
 * @param zoned the column is a TIMESTAMP_LTZ
 * @param precision digits after the second that the column can have
 * @param offset what the clock shows more than UTC, in microseconds; 0 if not zoned
 */
public record WindowTime(boolean zoned, int precision, long offset) {
  private static final int MILLIS = 3;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_MILLI = 1_000;

  /**
   * @param type of the column
   */
  public static WindowTime of(RelDataType type, ZoneId zone) {
    if (type.getSqlTypeName() == SqlTypeName.TIMESTAMP) {
      return new WindowTime(false, type.getPrecision(), 0);
    }
    if (type.getSqlTypeName() != SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
      throw new CannotExpress("windows over a column of type " + type);
    }
    if (!zone.getRules().isFixedOffset()) {
      throw new CannotExpress("windows over a TIMESTAMP_LTZ where clocks change");
    }
    long seconds = zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds();
    return new WindowTime(true, type.getPrecision(), seconds * MICROS_PER_SECOND);
  }

  /** Microseconds of a value of the column. */
  public String micros(String value) {
    return offset == 0 ? "epoch_us(" + value + ")" : "(epoch_us(" + value + ") + " + offset + ")";
  }

  /** The TIMESTAMP of such microseconds. */
  public static String local(String micros) {
    return "make_timestamp(" + micros + ")";
  }

  /** The last moment of the window that ends there, of the type that the column has. */
  public String last(String end) {
    if (precision < MILLIS) {
      throw new CannotExpress("the last moment of a window over a column without milliseconds");
    }
    return zoned
        ? "make_timestamptz(" + end + " - " + (MICROS_PER_MILLI + offset) + ")"
        : local(end + " - " + MICROS_PER_MILLI);
  }
}
