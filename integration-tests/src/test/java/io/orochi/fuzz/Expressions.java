package io.orochi.fuzz;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Random values over the columns of one table, as it is called in a query. */
final class Expressions {
  private static final LocalDateTime BUCKET_ORIGIN = LocalDateTime.of(2000, 1, 3, 0, 0);
  private static final Map<String, Duration> WIDTHS =
      Map.of(
          "'10' MINUTE", Duration.ofMinutes(10),
          "'1' HOUR", Duration.ofHours(1),
          "'6' HOUR", Duration.ofHours(6),
          "'1' DAY", Duration.ofDays(1));

  private final Random random;
  private final RandomTable table;
  private final String prefix;
  private final int offset;
  private final ZoneId zone;

  /**
   * @param alias of the table in the query
   * @param offset of its first column in the rows that are tested
   */
  Expressions(Random random, RandomTable table, String alias, int offset, ZoneId zone) {
    this.random = random;
    this.table = table;
    this.prefix = alias + ".";
    this.offset = offset;
    this.zone = zone;
  }

  RandomTable table() {
    return table;
  }

  Expr column(int index) {
    RandomTable.Column column = table.columns().get(index);
    return new Expr(prefix + column.name(), column.kind(), row -> row[offset + index]);
  }

  /** The time column more often than others. */
  Expr anyColumn() {
    int count = table.columns().size();
    return column(random.nextInt(3) == 0 ? RandomTable.TS : random.nextInt(count));
  }

  /** A column, or a function of one. */
  Expr any() {
    Expr column = anyColumn();
    if (random.nextInt(3) == 0) {
      return column;
    }
    return switch (column.kind()) {
      case INT, BIGINT -> wholeNumber(column);
      case DECIMAL -> random.nextBoolean() ? column : map(column, "ABS", v -> decimal(v).abs());
      case STRING -> text(column);
      case TIMESTAMP, TIMESTAMP_LTZ -> time(column);
      case DOUBLE, BOOLEAN, DATE -> coalesce(column);
    };
  }

  Expr constant(Kind kind) {
    return Expr.constant(kind, kind.constant(random, table.day()));
  }

  private Expr wholeNumber(Expr column) {
    return switch (random.nextInt(4)) {
      case 0 -> map(column, "ABS", v -> Math.abs((Long) v));
      case 1 -> {
        long more = random.nextInt(11) - 5L;
        yield of(column, "(" + column.sql() + " + " + more + ")", v -> (Long) v + more);
      }
      case 2 -> castToDecimal(column);
      default -> coalesce(column);
    };
  }

  private static Expr castToDecimal(Expr column) {
    return new Expr(
        "CAST(" + column.sql() + " AS DECIMAL(22, 2))",
        Kind.DECIMAL,
        row -> {
          Object value = column.eval().of(row);
          return value == null ? null : BigDecimal.valueOf((Long) value);
        });
  }

  private Expr text(Expr column) {
    return switch (random.nextInt(3)) {
      case 0 -> map(column, "UPPER", v -> v.toString().toUpperCase(java.util.Locale.ROOT));
      case 1 ->
          new Expr(
              "CHAR_LENGTH(" + column.sql() + ")",
              Kind.INT,
              row -> {
                Object value = column.eval().of(row);
                return value == null ? null : (long) value.toString().length();
              });
      default -> coalesce(column);
    };
  }

  private Expr coalesce(Expr column) {
    Expr other = constant(column.kind());
    return new Expr(
        "COALESCE(" + column.sql() + ", " + other.sql() + ")",
        column.kind(),
        row -> {
          Object value = column.eval().of(row);
          return value == null ? other.eval().of(row) : value;
        });
  }

  private Expr time(Expr column) {
    return switch (random.nextInt(8)) {
      case 7 -> distance(column);
      case 0 -> bucket(column);
      case 1 -> floor(column);
      case 2 -> ceil(column);
      case 3 -> day(column);
      case 4 ->
          new Expr(
              "CAST(" + column.sql() + " AS DATE)",
              Kind.DATE,
              row -> {
                Object value = column.eval().of(row);
                return value == null ? null : local(value).toLocalDate();
              });
      case 5 -> extract(column);
      default -> shifted(column);
    };
  }

  private Expr bucket(Expr column) {
    List<String> widths = WIDTHS.keySet().stream().sorted().toList();
    String width = widths.get(random.nextInt(widths.size()));
    long size = WIDTHS.get(width).toMillis() * 1000;
    return of(
        column,
        "time_bucket(INTERVAL " + width + ", " + column.sql() + ")",
        value -> {
          LocalDateTime utc =
              value instanceof Instant instant
                  ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                  : (LocalDateTime) value;
          long micros = ChronoUnit.MICROS.between(BUCKET_ORIGIN, utc);
          LocalDateTime start =
              BUCKET_ORIGIN.plus(Math.floorDiv(micros, size) * size, ChronoUnit.MICROS);
          return value instanceof Instant ? start.toInstant(ZoneOffset.UTC) : start;
        });
  }

  private Expr floor(Expr column) {
    String unit = List.of("HOUR", "DAY", "MONTH", "YEAR").get(random.nextInt(4));
    return of(
        column,
        "FLOOR(" + column.sql() + " TO " + unit + ")",
        value -> {
          LocalDateTime start = start(local(value), unit);
          return value instanceof Instant ? start.atZone(zone).toInstant() : start;
        });
  }

  /** Flink drops what is less than a millisecond first. */
  private Expr ceil(Expr column) {
    ChronoUnit unit =
        List.of(ChronoUnit.HOURS, ChronoUnit.DAYS, ChronoUnit.MONTHS, ChronoUnit.YEARS)
            .get(random.nextInt(4));
    String name = unit.name().substring(0, unit.name().length() - 1);
    return of(
        column,
        "CEIL(" + column.sql() + " TO " + name + ")",
        value -> {
          LocalDateTime start = start(local(value), name);
          boolean whole = start.equals(local(value).truncatedTo(ChronoUnit.MILLIS));
          LocalDateTime end = whole ? start : start.plus(1, unit);
          return value instanceof Instant ? end.atZone(zone).toInstant() : end;
        });
  }

  private static LocalDateTime start(LocalDateTime local, String unit) {
    return switch (unit) {
      case "HOUR" -> local.truncatedTo(ChronoUnit.HOURS);
      case "DAY" -> local.truncatedTo(ChronoUnit.DAYS);
      case "MONTH" -> local.toLocalDate().withDayOfMonth(1).atStartOfDay();
      default -> local.toLocalDate().withDayOfYear(1).atStartOfDay();
    };
  }

  private Expr day(Expr column) {
    return new Expr(
        "DATE_FORMAT(" + column.sql() + ", 'yyyy-MM-dd')",
        Kind.STRING,
        row -> {
          Object value = column.eval().of(row);
          return value == null ? null : local(value).toLocalDate().toString();
        });
  }

  private Expr extract(Expr column) {
    String unit = List.of("YEAR", "MONTH", "DAY", "HOUR").get(random.nextInt(4));
    return new Expr(
        "EXTRACT(" + unit + " FROM " + column.sql() + ")",
        Kind.BIGINT,
        row -> {
          Object value = column.eval().of(row);
          if (value == null) {
            return null;
          }
          LocalDateTime local = local(value);
          return (long)
              switch (unit) {
                case "YEAR" -> local.getYear();
                case "MONTH" -> local.getMonthValue();
                case "DAY" -> local.getDayOfMonth();
                default -> local.getHour();
              };
        });
  }

  /** Counted in milliseconds, then cut to whole units. */
  private Expr distance(Expr column) {
    boolean days = random.nextBoolean();
    boolean from = random.nextBoolean();
    Expr other = constant(column.kind());
    String operands = (from ? column : other).sql() + ", " + (from ? other : column).sql();
    Duration unit = days ? Duration.ofDays(1) : Duration.ofHours(1);
    return new Expr(
        "TIMESTAMPDIFF(" + (days ? "DAY, " : "HOUR, ") + operands + ")",
        Kind.INT,
        row -> {
          Object value = column.eval().of(row);
          long millis = value == null ? 0 : millis(other.eval().of(row)) - millis(value);
          return value == null ? null : (Object) ((from ? millis : -millis) / unit.toMillis());
        });
  }

  private static long millis(Object time) {
    return time instanceof Instant instant
        ? instant.toEpochMilli()
        : ((LocalDateTime) time).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private Expr shifted(Expr column) {
    int hours = 1 + random.nextInt(30);
    boolean back = random.nextBoolean();
    Duration shift = Duration.ofHours(back ? -hours : hours);
    return of(
        column,
        "(" + column.sql() + (back ? " - " : " + ") + "INTERVAL '" + hours + "' HOUR)",
        value -> value instanceof Instant instant ? instant.plus(shift) : local(value).plus(shift));
  }

  private LocalDateTime local(Object time) {
    return time instanceof Instant instant
        ? LocalDateTime.ofInstant(instant, zone)
        : (LocalDateTime) time;
  }

  private static BigDecimal decimal(Object value) {
    return (BigDecimal) value;
  }

  private static Expr map(Expr column, String function, UnaryOperator<Object> compute) {
    return of(column, function + "(" + column.sql() + ")", compute);
  }

  private static Expr of(Expr column, String sql, UnaryOperator<Object> compute) {
    return new Expr(
        sql,
        column.kind(),
        row -> {
          Object value = column.eval().of(row);
          return value == null ? null : compute.apply(value);
        });
  }
}
