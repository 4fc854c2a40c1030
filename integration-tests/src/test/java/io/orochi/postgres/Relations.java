package io.orochi.postgres;

import io.orochi.postgres.Relation.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random queries that mean the same to Flink and to PostgreSQL. Whatever depends on an order is
 * ordered by all columns, so that only equal rows can change places.
 */
final class Relations {
  private static final List<String> JOINS =
      List.of(" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN ");

  private final Random random;
  private final List<Relation> tables;
  private int aliases;

  Relations(Random random, List<Relation> tables) {
    this.random = random;
    this.tables = tables;
  }

  Relation any() {
    return any(1 + random.nextInt(3));
  }

  private Relation any(int depth) {
    if (depth == 0) {
      return table();
    }
    return switch (random.nextInt(12)) {
      case 0, 1 -> selected(any(depth - 1));
      case 2, 3, 4 -> joined(depth - 1);
      case 5, 6 -> grouped(any(depth - 1));
      case 7 -> sets(any(depth - 1));
      case 8 -> windows(any(depth - 1));
      case 9 -> combined(any(depth - 1), any(depth - 1));
      case 10 -> limited(any(depth - 1));
      default -> subqueries(any(depth - 1));
    };
  }

  private Relation table() {
    return tables.get(random.nextInt(tables.size()));
  }

  private String alias() {
    aliases++;
    return "q" + aliases;
  }

  private static Relation relation(String values, List<SqlType> types, String rest) {
    return new Relation("SELECT " + values + rest, Expressions.columns(types));
  }

  private List<SqlType> types(int most) {
    return IntStream.rangeClosed(0, random.nextInt(most))
        .mapToObj(i -> SqlType.values()[random.nextInt(SqlType.values().length)])
        .toList();
  }

  private static String values(Expressions scope, List<SqlType> types) {
    return Expressions.selected(types.stream().map(type -> scope.any(type, 2)).toList());
  }

  private String where(Expressions scope) {
    return random.nextInt(3) == 0 ? "" : " WHERE " + scope.condition(2);
  }

  private Relation selected(Relation from) {
    String alias = alias();
    Expressions scope = Expressions.of(random, from, alias);
    List<SqlType> types = types(4);
    String distinct = random.nextInt(4) == 0 ? "DISTINCT " : "";
    return relation(
        distinct + values(scope, types), types, " FROM " + from.as(alias) + where(scope));
  }

  private Relation joined(int depth) {
    Relation left = any(depth);
    Relation right = random.nextBoolean() ? table() : any(depth);
    String a = alias();
    String b = alias();
    List<Expressions.Named> both = new ArrayList<>(Expressions.named(left, a));
    both.addAll(Expressions.named(right, b));
    Expressions scope = new Expressions(random, both);
    SqlType key = left.columns().get(random.nextInt(left.columns().size())).type();
    String on =
        Expressions.of(random, left, a).column(key)
            + " = "
            + Expressions.of(random, right, b).column(key)
            + (random.nextInt(3) == 0 ? " AND " + scope.condition(1) : "");
    List<SqlType> types = types(4);
    String join = JOINS.get(random.nextInt(JOINS.size()));
    return relation(
        values(scope, types),
        types,
        " FROM " + left.as(a) + join + right.as(b) + " ON " + on + where(scope));
  }

  /** Groups are formed over columns of a query, whose expressions they thus share. */
  private Relation grouped(Relation from) {
    Relation keyed = keyed(from);
    String alias = alias();
    List<String> values = new ArrayList<>();
    List<SqlType> types = new ArrayList<>();
    int keys = random.nextInt(3);
    List<String> by = keys(keyed, alias, keys, values, types);
    aggregates(Expressions.of(random, keyed, alias), values, types);
    String group = by.isEmpty() ? "" : " GROUP BY " + String.join(", ", by);
    String having = by.isEmpty() || random.nextInt(3) > 0 ? "" : " HAVING COUNT(*) > 1";
    return relation(
        Expressions.selected(values), types, " FROM " + keyed.as(alias) + group + having);
  }

  private Relation keyed(Relation from) {
    String alias = alias();
    Expressions scope = Expressions.of(random, from, alias);
    List<SqlType> types = new ArrayList<>(types(2));
    types.add(types.get(0));
    types.add(SqlType.INT);
    types.add(SqlType.DECIMAL);
    return relation(values(scope, types), types, " FROM " + from.as(alias) + where(scope));
  }

  private static List<String> keys(
      Relation keyed, String alias, int count, List<String> values, List<SqlType> types) {
    List<String> by = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Column key = keyed.columns().get(i);
      by.add(alias + "." + key.name());
      values.add(by.get(i));
      types.add(key.type());
    }
    return by;
  }

  private void aggregates(Expressions scope, List<String> values, List<SqlType> types) {
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      SqlType type = scope.column().type();
      String distinct = random.nextInt(4) == 0 ? "DISTINCT " : "";
      String filter = random.nextInt(5) == 0 ? " FILTER (WHERE " + scope.condition(1) + ")" : "";
      switch (random.nextInt(6)) {
        case 0 -> add("CAST(COUNT(*)" + filter + " AS INT)", SqlType.INT, values, types);
        case 1 ->
            add(
                "CAST(COUNT(" + distinct + scope.column(type) + ")" + filter + " AS INT)",
                SqlType.INT,
                values,
                types);
        case 2 ->
            add(
                "CAST(SUM(" + distinct + scope.column(SqlType.INT) + ")" + filter + " AS INT)",
                SqlType.INT,
                values,
                types);
        case 3 ->
            add(
                "CAST(SUM("
                    + distinct
                    + scope.column(SqlType.DECIMAL)
                    + ")"
                    + filter
                    + " AS DECIMAL(10, 2))",
                SqlType.DECIMAL,
                values,
                types);
        default -> {
          boolean ordered = type != SqlType.BOOLEAN;
          SqlType of = ordered ? type : SqlType.INT;
          String function = random.nextBoolean() ? "MIN(" : "MAX(";
          add(function + scope.column(of) + ")" + filter, of, values, types);
        }
      }
    }
  }

  private static void add(String value, SqlType type, List<String> values, List<SqlType> types) {
    values.add(value);
    types.add(type);
  }

  /** GROUPING SETS, ROLLUP and CUBE. */
  private Relation sets(Relation from) {
    Relation keyed = keyed(from);
    String alias = alias();
    List<String> values = new ArrayList<>();
    List<SqlType> types = new ArrayList<>();
    List<String> by = keys(keyed, alias, 2, values, types);
    add("CAST(GROUPING(" + by.get(1) + ") AS INT)", SqlType.INT, values, types);
    aggregates(Expressions.of(random, keyed, alias), values, types);
    String both = by.get(0) + ", " + by.get(1);
    String group =
        switch (random.nextInt(3)) {
          case 0 -> "ROLLUP (" + both + ")";
          case 1 -> "CUBE (" + both + ")";
          default -> "GROUPING SETS ((" + by.get(0) + "), (" + both + "), ())";
        };
    return relation(
        Expressions.selected(values),
        types,
        // of no rows PostgreSQL has a total
        " FROM " + keyed.as(alias) + " GROUP BY " + group + " HAVING COUNT(*) > 0");
  }

  private Relation windows(Relation from) {
    String alias = alias();
    Expressions scope = Expressions.of(random, from, alias);
    String by = "PARTITION BY " + scope.column().sql();
    String over = " OVER (" + by + " ORDER BY " + from.ordered(alias);
    SqlType type = scope.column().type();
    String number = scope.column(SqlType.INT);
    String value =
        switch (random.nextInt(9)) {
          case 0 -> "CAST(ROW_NUMBER()" + over + ") AS INT)";
          case 1 -> "CAST(RANK() OVER (" + by + " ORDER BY " + first(from, alias) + ") AS INT)";
          case 2 ->
              "CAST(DENSE_RANK() OVER (" + by + " ORDER BY " + first(from, alias) + ") AS INT)";
          case 3 ->
              "CAST(SUM("
                  + number
                  + ") OVER ("
                  + by
                  + " ORDER BY "
                  + first(from, alias)
                  + ") AS INT)";
          case 4 ->
              "CAST(SUM("
                  + number
                  + ")"
                  + over
                  + " ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING) AS INT)";
          case 5 -> "LAG(" + number + ")" + over + ")";
          case 6 -> "LEAD(" + number + ", 2, -9)" + over + ")";
          case 7 -> "CAST(COUNT(" + scope.column(type) + ") OVER (" + by + ") AS INT)";
          default -> "MAX(" + number + ") OVER (" + by + ")";
        };
    List<String> values = new ArrayList<>();
    List<SqlType> types = new ArrayList<>();
    for (Column column : from.columns().subList(0, Math.min(3, from.columns().size()))) {
      add(alias + "." + column.name(), column.type(), values, types);
    }
    add(value, SqlType.INT, values, types);
    return relation(Expressions.selected(values), types, " FROM " + from.as(alias));
  }

  private static String first(Relation from, String alias) {
    return alias + "." + from.columns().get(0).name() + " DESC NULLS LAST";
  }

  private Relation combined(Relation left, Relation right) {
    List<SqlType> types = types(3);
    String operator =
        List.of(
                " UNION ",
                " UNION ALL ",
                " INTERSECT ",
                " EXCEPT ",
                " INTERSECT ALL ",
                " EXCEPT ALL ")
            .get(random.nextInt(6));
    String sql =
        List.of(left, right).stream()
            .map(
                side -> {
                  String alias = alias();
                  Expressions scope = Expressions.of(random, side, alias);
                  String values =
                      Expressions.selected(
                          types.stream()
                              .map(type -> "CAST(" + scope.any(type, 1) + " AS " + type.sql() + ")")
                              .toList());
                  return "SELECT " + values + " FROM " + side.as(alias) + where(scope);
                })
            .collect(Collectors.joining(operator));
    return new Relation(sql, Expressions.columns(types));
  }

  private Relation limited(Relation from) {
    String alias = alias();
    String names =
        from.columns().stream()
            .map(column -> alias + "." + column.name())
            .collect(Collectors.joining(", "));
    String offset = random.nextInt(3) == 0 ? " OFFSET " + random.nextInt(5) + " ROWS" : "";
    return new Relation(
        "SELECT "
            + names
            + " FROM "
            + from.as(alias)
            + " ORDER BY "
            + from.ordered(alias)
            + offset
            + " FETCH FIRST "
            + random.nextInt(15)
            + " ROWS ONLY",
        from.columns());
  }

  /** EXISTS, IN and scalar sub-queries that look at the row around them. */
  private Relation subqueries(Relation from) {
    String alias = alias();
    String inner = alias();
    Expressions scope = Expressions.of(random, from, alias);
    Relation table = table();
    Expressions within = Expressions.of(random, table, inner);
    SqlType key = random.nextBoolean() ? SqlType.INT : SqlType.TEXT;
    String rest =
        " FROM "
            + table.as(inner)
            + " WHERE "
            + within.column(key)
            + " = "
            + scope.column(key)
            + (random.nextBoolean() ? "" : " AND " + within.condition(1));
    String condition =
        switch (random.nextInt(5)) {
          case 0 -> "EXISTS (SELECT 1" + rest + ")";
          case 1 -> "NOT EXISTS (SELECT 1" + rest + ")";
          case 2 ->
              scope.any(key, 1)
                  + " IN (SELECT "
                  + within.column(key)
                  + " FROM "
                  + table.as(inner)
                  + " WHERE "
                  + within.condition(1)
                  + ")";
          case 3 ->
              scope.any(key, 1)
                  + " NOT IN (SELECT "
                  + within.column(key)
                  + " FROM "
                  + table.as(inner)
                  + " WHERE "
                  + within.condition(1)
                  + ")";
          default ->
              scope.any(SqlType.INT, 1)
                  + " >= (SELECT MIN("
                  + within.column(SqlType.INT)
                  + ")"
                  + rest
                  + ")";
        };
    List<SqlType> types = types(3);
    return relation(values(scope, types), types, " FROM " + from.as(alias) + " WHERE " + condition);
  }
}
