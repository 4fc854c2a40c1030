package io.orochi.gateway.plan.rex.value;

import io.orochi.gateway.plan.sql.FlinkTexts;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;

/** Literal texts that are compared with dates and times. */
public final class ConstantTexts {
  private ConstantTexts() {}

  /** Empty if it is not a date or timestamp, so that Flink reports it in its own words. */
  public static Optional<String> convert(String text, RelDataType to, RexContext context) {
    return switch (to.getSqlTypeName()) {
      case DATE -> FlinkTexts.date(text).map(Literals::date);
      case TIMESTAMP ->
          FlinkTexts.timestamp(text, to.getPrecision())
              .map(value -> Literals.localTimestamp(value, to));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          FlinkTexts.instant(text, to.getPrecision(), context.timeZone()).map(Literals::instant);
      default -> Optional.empty();
    };
  }
}
