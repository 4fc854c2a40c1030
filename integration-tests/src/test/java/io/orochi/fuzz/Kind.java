package io.orochi.fuzz;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;

/**
 * A column type of random tables. Values are few, so that conditions meet them; whole numbers are
 * Long, TIMESTAMP is LocalDateTime and TIMESTAMP_LTZ is Instant.
 */
enum Kind {
  INT("INT"),
  BIGINT("BIGINT"),
  DOUBLE("DOUBLE"),
  DECIMAL("DECIMAL(10, 2)"),
  STRING("STRING"),
  BOOLEAN("BOOLEAN"),
  DATE("DATE"),
  TIMESTAMP("TIMESTAMP(6)"),
  TIMESTAMP_LTZ("TIMESTAMP_LTZ(6)");

  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int HOURS = 24 * 6;
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "ab",
          "b",
          "B",
          "a long text that statistics cut 1",
          "a long text that statistics cut 2",
          "ähnlich",
          "zz",
          "a%b",
          "a'b");
  private static final List<Double> DOUBLES =
      List.of(-0.0, 0.0, 1.0, 1.5, -1.5, 2.25, 100.0, -100.0, 1e300, 1e-300);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

  private final String sqlType;

  Kind(String sqlType) {
    this.sqlType = sqlType;
  }

  String sqlType() {
    return sqlType;
  }

  boolean isNumber() {
    return this == INT || this == BIGINT || this == DOUBLE || this == DECIMAL;
  }

  boolean isTime() {
    return this == TIMESTAMP || this == TIMESTAMP_LTZ;
  }

  /**
   * @param day the first day of the table's time range
   */
  Object value(Random random, LocalDate day) {
    return switch (this) {
      case INT -> (long) random.nextInt(21) - 10;
      case BIGINT -> random.nextInt(8) == 0 ? 5_000_000_000L : (long) random.nextInt(41) - 20;
      case DOUBLE -> number(random);
      case DECIMAL -> BigDecimal.valueOf(random.nextInt(4001) - 2000, 2);
      case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
      case BOOLEAN -> random.nextBoolean();
      case DATE -> day.plusDays(random.nextInt(8) - 1);
      case TIMESTAMP -> time(random, day);
      case TIMESTAMP_LTZ -> time(random, day).toInstant(ZoneOffset.UTC);
    };
  }

  /** A value that SQL can spell: no NaN. */
  Object constant(Random random, LocalDate day) {
    Object value = value(random, day);
    while (value instanceof Double number && number.isNaN()) {
      value = value(random, day);
    }
    if (value instanceof java.time.Instant instant) {
      return Instant.ofEpochMilli(instant.toEpochMilli());
    }
    return value;
  }

  private static Double number(Random random) {
    return random.nextInt(20) == 0
        ? (Double) Double.NaN
        : DOUBLES.get(random.nextInt(DOUBLES.size()));
  }

  /** Often on a border of an hour or a day, or a microsecond off it. */
  private static LocalDateTime time(Random random, LocalDate day) {
    LocalDateTime hour = day.atStartOfDay().plusHours(random.nextInt(HOURS));
    return switch (random.nextInt(6)) {
      case 0 -> hour.toLocalDate().atStartOfDay();
      case 1 -> hour;
      case 2 -> hour.minusNanos(1000);
      case 3 -> hour.plusNanos(1000);
      default -> hour.plusNanos(random.nextLong(3600 * MICROS_PER_SECOND) * 1000);
    };
  }

  String literal(Object value) {
    if (value == null) {
      return "CAST(NULL AS " + sqlType + ")";
    }
    return switch (this) {
      case INT -> value.toString();
      case BIGINT -> value.toString();
      case DOUBLE -> value.toString().contains("E") ? value.toString() : value + "E0";
      case DECIMAL -> ((BigDecimal) value).toPlainString();
      case STRING -> "'" + value.toString().replace("'", "''") + "'";
      case BOOLEAN -> value.toString().toUpperCase(java.util.Locale.ROOT);
      case DATE -> "DATE '" + value + "'";
      case TIMESTAMP -> "TIMESTAMP '" + SECONDS.format((LocalDateTime) value) + "'";
      case TIMESTAMP_LTZ -> "TO_TIMESTAMP_LTZ(" + ((Instant) value).toEpochMilli() + ", 3)";
    };
  }
}
