package io.orochi.gateway.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;

/** A table in memory, and random statements that change it and a real one alike. */
final class DmlModel {
  private static final int DAYS = 6;
  private static final int NUMBERS = 40;

  private final Random random;
  private final String table;
  private List<Row> rows = new ArrayList<>();

  DmlModel(String table, long seed) {
    this.table = table;
    this.random = new Random(seed);
  }

  /**
   * @param day of January 2024
   * @param v null for NULL
   */
  record Row(int day, int n, Integer v) {
    String text() {
      return "2024-01-0" + day + " 00:00:00.0|" + n + "|" + v;
    }
  }

  /**
   * A statement and what it must do.
   *
   * @param changed the rows it counts
   * @param after the table then
   */
  record Step(String sql, long changed, List<Row> after) {}

  /** A condition; null is NULL. */
  private record Condition(String sql, Function<Row, Boolean> holds) {
    boolean selects(Row row) {
      return Boolean.TRUE.equals(holds.apply(row));
    }
  }

  /** What all rows look like, in one order. */
  List<String> texts() {
    return rows.stream().map(Row::text).sorted().toList();
  }

  void apply(Step step) {
    rows = step.after();
  }

  Step next() {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> insert();
      case 3 -> delete(condition(2));
      case 4 -> delete(days());
      case 5 -> update();
      default -> merge();
    };
  }

  private Step insert() {
    List<Row> after = new ArrayList<>(rows);
    List<String> values = new ArrayList<>();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      Row row = new Row(day(), number(), random.nextInt(5) == 0 ? null : number());
      after.add(row);
      values.add("(%s, %d, %s)".formatted(at(row.day()), row.n(), sql(row.v())));
    }
    return new Step("INSERT INTO " + table + " VALUES " + String.join(", ", values), count, after);
  }

  private Step delete(Condition condition) {
    List<Row> after = rows.stream().filter(row -> !condition.selects(row)).toList();
    return new Step(
        "DELETE FROM " + table + " WHERE " + condition.sql(), rows.size() - after.size(), after);
  }

  private Step update() {
    Condition condition = condition(2);
    int by = number();
    boolean moves = random.nextBoolean();
    List<Row> after = new ArrayList<>();
    long changed = 0;
    for (Row row : rows) {
      if (condition.selects(row)) {
        changed++;
        after.add(
            moves
                ? new Row(1 + by % DAYS, row.n(), row.v())
                : new Row(row.day(), row.n(), row.v() == null ? null : row.v() + by));
      } else {
        after.add(row);
      }
    }
    String set = moves ? "ts = " + at(1 + by % DAYS) : "v = v + " + by;
    return new Step(
        "UPDATE " + table + " SET " + set + " WHERE " + condition.sql(), changed, after);
  }

  /** The source is unique, the table need not be. */
  private Step merge() {
    int limit = number();
    List<Integer> keys = random.ints(0, NUMBERS).distinct().limit(6).boxed().toList();
    List<Integer> weights = keys.stream().map(key -> number()).toList();
    List<Row> after = new ArrayList<>();
    long changed = 0;
    for (Row row : rows) {
      int source = keys.indexOf(row.n());
      if (source < 0) {
        after.add(row);
      } else {
        changed++;
        if (weights.get(source) >= limit) {
          after.add(new Row(row.day(), row.n(), weights.get(source)));
        }
      }
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      int key = keys.get(i);
      values.add("(" + key + ", " + weights.get(i) + ")");
      if (rows.stream().noneMatch(row -> row.n() == key)) {
        changed++;
        after.add(new Row(1, key, weights.get(i)));
      }
    }
    String sql =
        """
        MERGE INTO %s AS t USING (VALUES %s) AS s(k, w) ON t.n = s.k
        WHEN MATCHED AND s.w < %d THEN DELETE
        WHEN MATCHED THEN UPDATE SET v = s.w
        WHEN NOT MATCHED THEN INSERT (ts, n, v) VALUES (%s, s.k, s.w)\
        """
            .formatted(table, String.join(", ", values), limit, at(1));
    return new Step(sql, changed, after);
  }

  /** Whole days, so that whole files go. */
  private Condition days() {
    int first = day();
    int last = first + random.nextInt(2);
    return new Condition(
        "ts >= " + at(first) + " AND ts < " + at(last + 1),
        row -> row.day() >= first && row.day() <= last);
  }

  private Condition condition(int depth) {
    if (depth > 0 && random.nextInt(3) == 0) {
      Condition left = condition(depth - 1);
      Condition right = condition(depth - 1);
      boolean and = random.nextBoolean();
      return new Condition(
          "(" + left.sql() + (and ? " AND " : " OR ") + right.sql() + ")",
          row ->
              and
                  ? both(left.holds().apply(row), right.holds().apply(row))
                  : either(left.holds().apply(row), right.holds().apply(row)));
    }
    int value = number();
    return switch (random.nextInt(6)) {
      case 0 -> new Condition("n < " + value, row -> row.n() < value);
      case 1 -> new Condition("n = " + value, row -> row.n() == value);
      case 2 -> new Condition("v >= " + value, row -> row.v() == null ? null : row.v() >= value);
      case 3 -> new Condition("v IS NULL", row -> row.v() == null);
      case 4 ->
          new Condition(
              "n BETWEEN " + value + " AND " + (value + 5),
              row -> row.n() >= value && row.n() <= value + 5);
      default ->
          new Condition(
              "v <> " + value, row -> row.v() == null ? null : !Objects.equals(row.v(), value));
    };
  }

  private static Boolean both(Boolean left, Boolean right) {
    if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
      return false;
    }
    return left == null || right == null ? null : Boolean.TRUE;
  }

  private static Boolean either(Boolean left, Boolean right) {
    if (Boolean.TRUE.equals(left) || Boolean.TRUE.equals(right)) {
      return true;
    }
    return left == null || right == null ? null : Boolean.FALSE;
  }

  private int day() {
    return 1 + random.nextInt(DAYS);
  }

  private int number() {
    return random.nextInt(NUMBERS);
  }

  private static String at(int day) {
    return "TIMESTAMP '2024-01-0" + day + " 00:00:00'";
  }

  private static String sql(Integer value) {
    return value == null ? "CAST(NULL AS INT)" : value.toString();
  }
}
