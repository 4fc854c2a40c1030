package io.orochi.gateway.plan.rex.value;

import io.orochi.gateway.plan.sql.KernelTypes;
import io.orochi.gateway.plan.sql.SqlText;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;

/** Dates and times read from text by Flink's own code. */
public final class TimeTexts {
  private static final int MICROS = 6;

  private TimeTexts() {}

  /**
   * Empty if the type is none of these.
   *
   * @param mode {@code try} for TRY_CAST
   */
  public static Optional<String> cast(
      String text, RelDataType to, String mode, RexContext context) {
    String how = mode + ":" + to.getPrecision();
    return Optional.ofNullable(
            switch (to.getSqlTypeName()) {
              case DATE -> call("flink_date", text, mode);
              case TIMESTAMP ->
                  to.getPrecision() <= MICROS ? call("flink_timestamp", text, how) : null;
              case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                  to.getPrecision() <= MICROS
                      ? call("flink_instant", text, how + ":" + context.timeZone().getId())
                      : null;
              default -> null;
            })
        .map(sql -> "CAST(" + sql + " AS " + KernelTypes.of(to) + ")");
  }

  private static String call(String function, String text, String how) {
    return function + "(" + text + ", " + SqlText.string(how) + ")";
  }
}
