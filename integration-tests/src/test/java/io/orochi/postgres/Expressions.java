package io.orochi.postgres;

import io.orochi.postgres.Relation.Column;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random expressions over the columns in scope. */
final class Expressions {
  /** A column as a query spells it. */
  record Named(String sql, SqlType type) {}

  private final Random random;
  private final List<Named> scope;

  Expressions(Random random, List<Named> scope) {
    this.random = random;
    this.scope = scope;
  }

  static Expressions of(Random random, Relation relation, String alias) {
    return new Expressions(random, named(relation, alias));
  }

  static List<Named> named(Relation relation, String alias) {
    return relation.columns().stream()
        .map(column -> new Named(alias + "." + column.name(), column.type()))
        .toList();
  }

  Named column() {
    return scope.get(random.nextInt(scope.size()));
  }

  SqlType type() {
    return SqlType.values()[random.nextInt(SqlType.values().length)];
  }

  /** A column of the type, or a constant if there is none. */
  String column(SqlType type) {
    List<Named> fitting = scope.stream().filter(each -> each.type() == type).toList();
    return fitting.isEmpty() ? constant(type) : fitting.get(random.nextInt(fitting.size())).sql();
  }

  private String constant(SqlType type) {
    return "CAST(" + Tables.literal(type, random) + " AS " + type.sql() + ")";
  }

  String any(SqlType type, int depth) {
    if (depth <= 0 || random.nextInt(4) == 0) {
      return random.nextInt(6) == 0 ? constant(type) : column(type);
    }
    return switch (random.nextInt(7)) {
      case 0 -> "COALESCE(" + any(type, depth - 1) + ", " + any(type, depth - 1) + ")";
      case 1 -> choice(type, depth);
      case 2 -> "NULLIF(" + any(type, depth - 1) + ", " + any(type, 0) + ")";
      default -> of(type, depth - 1);
    };
  }

  private String choice(SqlType type, int depth) {
    String when = " WHEN " + condition(depth - 1) + " THEN " + any(type, depth - 1);
    String more = random.nextBoolean() ? "" : " WHEN " + condition(0) + " THEN " + any(type, 0);
    String otherwise = random.nextInt(3) == 0 ? "" : " ELSE " + any(type, depth - 1);
    return "CASE" + when + more + otherwise + " END";
  }

  private String of(SqlType type, int depth) {
    return switch (type) {
      case INT -> number(depth);
      case DECIMAL -> decimal(depth);
      case TEXT -> text(depth);
      case BOOLEAN -> "(" + condition(depth) + ")";
      case DATE -> date(depth);
      case TIMESTAMP -> time(depth);
    };
  }

  private String number(int depth) {
    String a = any(SqlType.INT, depth);
    return switch (random.nextInt(10)) {
      case 0 -> "(" + a + " + " + any(SqlType.INT, depth) + ")";
      case 1 -> "(" + a + " - " + any(SqlType.INT, depth) + ")";
      case 2 -> "(" + a + " * " + (random.nextInt(5) - 2) + ")";
      case 3 -> "(" + a + " / " + divisor() + ")";
      case 4 -> "MOD(" + a + ", " + divisor() + ")";
      case 5 -> "ABS(" + a + ")";
      case 6 -> "CHAR_LENGTH(" + any(SqlType.TEXT, depth) + ")";
      case 7 ->
          "POSITION('" + "ab".charAt(random.nextInt(2)) + "' IN " + any(SqlType.TEXT, depth) + ")";
      case 8 ->
          "CAST(EXTRACT("
              + unit("YEAR", "MONTH", "DAY", "DOY", "QUARTER", "WEEK")
              + " FROM "
              + any(SqlType.DATE, depth)
              + ") AS INT)";
      default ->
          "CAST(EXTRACT("
              + unit("YEAR", "MONTH", "DAY", "HOUR", "MINUTE")
              + " FROM "
              + any(SqlType.TIMESTAMP, depth)
              + ") AS INT)";
    };
  }

  private int divisor() {
    return List.of(-3, -2, 2, 3, 7).get(random.nextInt(5));
  }

  private String unit(String... units) {
    return units[random.nextInt(units.length)];
  }

  private String decimal(int depth) {
    String a = any(SqlType.DECIMAL, depth);
    String value =
        switch (random.nextInt(5)) {
          case 0 -> a + " + " + any(SqlType.DECIMAL, depth);
          case 1 -> a + " - " + any(SqlType.DECIMAL, depth);
          case 2 -> a + " * " + (random.nextInt(5) - 2);
          case 3 -> "ABS(" + a + ")";
          default -> any(SqlType.INT, depth);
        };
    return "CAST(" + value + " AS " + SqlType.DECIMAL.sql() + ")";
  }

  private String text(int depth) {
    String a = any(SqlType.TEXT, depth);
    return switch (random.nextInt(9)) {
      case 0 -> "UPPER(" + a + ")";
      case 1 -> "LOWER(" + a + ")";
      case 2 -> "CAST(" + a + " || " + any(SqlType.TEXT, 0) + " AS VARCHAR(40))";
      case 3 ->
          "SUBSTRING(" + a + " FROM " + (1 + random.nextInt(3)) + " FOR " + random.nextInt(4) + ")";
      case 4 -> "TRIM(" + a + ")";
      case 5 -> "REPLACE(" + a + ", 'a', 'x')";
      case 6 -> "CAST(" + any(SqlType.INT, depth) + " AS VARCHAR(40))";
      case 7 -> "LPAD(" + a + ", " + random.nextInt(6) + ", '-')";
      default -> "LEFT(" + a + ", " + random.nextInt(4) + ")";
    };
  }

  private String date(int depth) {
    return random.nextBoolean()
        ? "CAST(" + any(SqlType.TIMESTAMP, depth) + " AS DATE)"
        : "CAST("
            + any(SqlType.DATE, depth)
            + " + INTERVAL '"
            + (1 + random.nextInt(40))
            + "' "
            + unit("DAY", "MONTH")
            + " AS DATE)";
  }

  private String time(int depth) {
    return random.nextInt(3) == 0
        ? "CAST(" + any(SqlType.DATE, depth) + " AS TIMESTAMP(6))"
        : "("
            + any(SqlType.TIMESTAMP, depth)
            + unit(" + ", " - ")
            + "INTERVAL '"
            + (1 + random.nextInt(40))
            + "' "
            + unit("SECOND", "MINUTE", "HOUR", "DAY", "MONTH")
            + ")";
  }

  String condition(int depth) {
    if (depth > 0) {
      switch (random.nextInt(6)) {
        case 0 -> {
          return "(" + condition(depth - 1) + " AND " + condition(depth - 1) + ")";
        }
        case 1 -> {
          return "(" + condition(depth - 1) + " OR " + condition(depth - 1) + ")";
        }
        case 2 -> {
          return "NOT (" + condition(depth - 1) + ")";
        }
        case 3 -> {
          return "("
              + condition(depth - 1)
              + ") IS "
              + unit("TRUE", "FALSE", "NOT TRUE", "NOT FALSE", "UNKNOWN", "NOT UNKNOWN");
        }
        default -> {
          return atom(depth - 1);
        }
      }
    }
    return atom(0);
  }

  private String atom(int depth) {
    SqlType type = column().type();
    String a = any(type, depth);
    return switch (random.nextInt(9)) {
      case 0 -> a + unit(" IS NULL", " IS NOT NULL");
      case 1 -> a + unit(" IN (", " NOT IN (") + list(type) + ")";
      case 2 -> a + unit(" BETWEEN ", " NOT BETWEEN ") + any(type, 0) + " AND " + any(type, 0);
      case 3 -> "(" + a + unit(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM ") + any(type, 0) + ")";
      case 4 ->
          column(SqlType.TEXT)
              + unit(" LIKE ", " NOT LIKE ")
              + unit("'a%'", "'%b'", "'_b%'", "'%'", "''");
      default -> a + unit(" = ", " <> ", " < ", " <= ", " > ", " >= ") + any(type, 0);
    };
  }

  private String list(SqlType type) {
    return IntStream.range(0, 1 + random.nextInt(4))
        .mapToObj(i -> random.nextInt(4) == 0 ? column(type) : constant(type))
        .collect(Collectors.joining(", "));
  }

  /** New columns {@code c0}, {@code c1}, …. */
  static String selected(List<String> values) {
    return IntStream.range(0, values.size())
        .mapToObj(i -> values.get(i) + " AS c" + i)
        .collect(Collectors.joining(", "));
  }

  static List<Column> columns(List<SqlType> types) {
    return IntStream.range(0, types.size())
        .mapToObj(i -> new Column("c" + i, types.get(i)))
        .toList();
  }
}
