package io.orochi.gateway.plan.rex;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.data.binary.BinaryStringDataUtil;

/** Literal texts converted while planning, by Flink's own parsers. */
final class ConstantTexts {
  private ConstantTexts() {}

  /** Empty if it is not a date or timestamp, so that Flink reports it in its own words. */
  static Optional<String> convert(String text, RelDataType to, RexContext context) {
    BinaryStringData flinkText = BinaryStringData.fromString(text);
    try {
      return switch (to.getSqlTypeName()) {
        case DATE ->
            Optional.of(
                Literals.date(LocalDate.ofEpochDay(BinaryStringDataUtil.toDate(flinkText))));
        case TIMESTAMP -> {
          TimestampData value = BinaryStringDataUtil.toTimestamp(flinkText, to.getPrecision());
          yield Optional.of(Literals.localTimestamp(value.toLocalDateTime(), to));
        }
        case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
          TimeZone zone = TimeZone.getTimeZone(context.timeZone());
          TimestampData value =
              BinaryStringDataUtil.toTimestamp(flinkText, to.getPrecision(), zone);
          yield Optional.of(Literals.instant(value.toInstant()));
        }
        default -> Optional.empty();
      };
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }
}
