package io.orochi.fuzz;

import io.orochi.fuzz.Question.Form;
import io.orochi.fuzz.Question.Order;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Random queries over one table. All choices are made before the condition is known. */
final class Forms {
  private final Random random;
  private final Expressions a;
  private final RandomTable table;

  Forms(Random random, Expressions a) {
    this.random = random;
    this.a = a;
    this.table = a.table();
  }

  Form any() {
    return switch (random.nextInt(14)) {
      case 0, 1, 2 -> this::partitions;
      case 3 -> this::counted;
      case 4 -> groups();
      case 5 -> new GroupForms(random, a).groupingSets();
      case 6 -> whole();
      case 7 -> new GroupForms(random, a).ties();
      case 8, 9 -> first();
      case 10, 11 -> byTime();
      default -> windows();
    };
  }

  /** TLP: each row is in exactly one of the three parts, and in the right one. */
  private Question partitions(Condition condition) {
    List<Condition> parts = List.of(condition, condition.not(), condition.isUnknown());
    List<String> sql = new ArrayList<>();
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      sql.add("SELECT " + i + " AS part, a.id FROM " + from() + where(parts.get(i)));
      for (Object[] row : matching(parts.get(i))) {
        rows.add(text(i, row[RandomTable.ID]));
      }
    }
    if (rows.size() != table.rows().size()) {
      throw new IllegalStateException("The test's own logic is wrong: " + condition.sql());
    }
    return Question.of(String.join(" UNION ALL ", sql), rows, Order.ANY);
  }

  /** NoREC: a count the planner may prune, and one it cannot. */
  private Question counted(Condition condition) {
    String count = text(matching(condition).size());
    return Question.of(
        "SELECT COUNT(*) FROM "
            + from()
            + where(condition)
            + " UNION ALL SELECT COALESCE(SUM(CASE WHEN "
            + condition.sql()
            + " THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END), 0) FROM "
            + from(),
        List.of(count, count),
        Order.ANY);
  }

  private Form groups() {
    Expr key = a.any();
    Expr least = a.anyColumn();
    int most = random.nextInt(5);
    return condition -> {
      Map<String, List<Object[]>> groups = new TreeMap<>();
      for (Object[] row : matching(condition)) {
        groups.computeIfAbsent(text(key.eval().of(row)), k -> new ArrayList<>()).add(row);
      }
      List<String> rows = new ArrayList<>();
      groups.forEach(
          (value, members) -> {
            if (members.size() > most) {
              rows.add(
                  value + " | " + text(members.size(), sumOf(members), extreme(least, members, 1)));
            }
          });
      String sql =
          ("SELECT %s AS g, COUNT(*) AS n, SUM(a.k) AS s, MIN(%s) AS m FROM %s%s"
                  + " GROUP BY %s HAVING COUNT(*) > %d")
              .formatted(key.sql(), least.sql(), from(), where(condition), key.sql(), most);
      return Question.of(sql, rows, Order.ANY);
    };
  }

  /** One row, also if nothing is left; sometimes without a condition, for metadata to answer. */
  private Form whole() {
    boolean everything = random.nextInt(3) == 0;
    Expr least = a.anyColumn();
    Expr most = a.anyColumn();
    Expr counted = a.anyColumn();
    return wanted -> {
      Condition condition = everything ? Condition.TRUE : wanted;
      List<Object[]> rows = matching(condition);
      long present = rows.stream().filter(row -> counted.eval().of(row) != null).count();
      String sql =
          "SELECT COUNT(*), MIN(%s), MAX(%s), COUNT(%s) FROM %s%s"
              .formatted(least.sql(), most.sql(), counted.sql(), from(), where(condition));
      String row = text(rows.size(), extreme(least, rows, 1), extreme(most, rows, -1), present);
      return Question.of(sql, List.of(row), Order.ANY);
    };
  }

  private Form first() {
    Expr key = random.nextBoolean() ? a.column(RandomTable.TS) : a.any();
    boolean descending = random.nextInt(3) > 0;
    boolean everything = random.nextInt(3) == 0;
    int limit = random.nextInt(20);
    int skip = random.nextInt(4) == 0 ? random.nextInt(10) : 0;
    return wanted -> {
      Condition condition = everything ? Condition.TRUE : wanted;
      Comparator<Object[]> order =
          Comparator.comparing(
              (Object[] row) -> key.eval().of(row), Comparator.nullsFirst(Values::compare));
      List<Object[]> rows = new ArrayList<>(matching(condition));
      rows.sort(
          (descending ? order.reversed() : order).thenComparing(row -> (Long) row[RandomTable.ID]));
      List<String> expected =
          rows.stream().skip(skip).limit(limit).map(row -> text(row[RandomTable.ID])).toList();
      String sql =
          "SELECT a.id FROM "
              + from()
              + where(condition)
              + " ORDER BY "
              + key.sql()
              + (descending ? " DESC" : "")
              + ", a.id LIMIT "
              + limit
              + (skip == 0 ? "" : " OFFSET " + skip);
      return Question.of(sql, expected, Order.GIVEN);
    };
  }

  /** first and last by a unique number, or of a value by itself: equal times have one answer. */
  private Form byTime() {
    boolean everything = random.nextInt(3) == 0;
    boolean grouped = random.nextInt(3) == 0;
    List<Expr> values = new ArrayList<>();
    List<Expr> times = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Expr time = random.nextBoolean() ? a.column(RandomTable.ID) : orderedColumn();
      times.add(time);
      values.add(time.sql().equals(a.column(RandomTable.ID).sql()) ? a.anyColumn() : time);
    }
    Expr key = a.anyColumn();
    return wanted -> {
      Condition condition = everything ? Condition.TRUE : wanted;
      Map<String, List<Object[]>> groups = new TreeMap<>();
      if (!grouped) {
        groups.put("", new ArrayList<>());
      }
      for (Object[] row : matching(condition)) {
        String group = grouped ? text(key.eval().of(row)) : "";
        groups.computeIfAbsent(group, k -> new ArrayList<>()).add(row);
      }
      List<String> rows = new ArrayList<>();
      groups.values().forEach(group -> rows.add(text(ends(values, times, group))));
      String sql =
          "SELECT first(%s, %s), last(%s, %s) FROM %s%s%s"
              .formatted(
                  values.get(0).sql(),
                  times.get(0).sql(),
                  values.get(1).sql(),
                  times.get(1).sql(),
                  from(),
                  where(condition),
                  grouped ? " GROUP BY " + key.sql() : "");
      return Question.of(sql, rows, Order.ANY);
    };
  }

  private Expr orderedColumn() {
    List<Expr> ordered = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      Kind kind = table.columns().get(i).kind();
      if (kind.isNumber() || kind.isTime() || kind == Kind.DATE) {
        ordered.add(a.column(i));
      }
    }
    return ordered.get(random.nextInt(ordered.size()));
  }

  private static Object[] ends(List<Expr> values, List<Expr> times, List<Object[]> rows) {
    Object[] ends = new Object[2];
    for (int i = 0; i < ends.length; i++) {
      Expr time = times.get(i);
      int sign = i == 0 ? 1 : -1;
      ends[i] =
          rows.stream()
              .filter(row -> time.eval().of(row) != null)
              .min((x, y) -> sign * Values.compare(time.eval().of(x), time.eval().of(y)))
              .map(values.get(i).eval()::of)
              .orElse(null);
    }
    return ends;
  }

  /** A running sum per group; the condition is inside, so that it decides what is summed. */
  private Form windows() {
    Expr part = a.anyColumn();
    return condition -> {
      List<Object[]> rows = new ArrayList<>(matching(condition));
      rows.sort(Comparator.comparing(row -> (Long) row[RandomTable.ID]));
      Map<String, List<Object[]>> seen = new TreeMap<>();
      List<String> expected = new ArrayList<>();
      for (Object[] row : rows) {
        List<Object[]> group =
            seen.computeIfAbsent(text(part.eval().of(row)), key -> new ArrayList<>());
        group.add(row);
        expected.add(text(row[RandomTable.ID], group.size(), sumOf(group)));
      }
      String sql =
          ("SELECT a.id, ROW_NUMBER() OVER (PARTITION BY %1$s ORDER BY a.id),"
                  + " SUM(a.k) OVER (PARTITION BY %1$s ORDER BY a.id"
                  + " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM %2$s%3$s")
              .formatted(part.sql(), from(), where(condition));
      return Question.of(sql, expected, Order.ANY);
    };
  }

  private List<Object[]> matching(Condition condition) {
    return table.rows().stream().filter(condition::holds).toList();
  }

  private String from() {
    return table.name() + " AS a";
  }

  static String where(Condition condition) {
    return condition.equals(Condition.TRUE) ? "" : " WHERE " + condition.sql();
  }

  /** Of column k. */
  private static Object sumOf(List<Object[]> rows) {
    List<Object[]> present = rows.stream().filter(row -> row[RandomTable.K] != null).toList();
    return present.isEmpty()
        ? null
        : present.stream()
            .map(row -> BigDecimal.valueOf((Long) row[RandomTable.K]))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * @param sign 1 for the least, -1 for the greatest value
   */
  private static Object extreme(Expr value, List<Object[]> rows, int sign) {
    return rows.stream()
        .map(row -> value.eval().of(row))
        .filter(java.util.Objects::nonNull)
        .min((x, y) -> sign * Values.compare(x, y))
        .orElse(null);
  }

  static String text(Object... values) {
    return Arrays.stream(values).map(Values::text).collect(Collectors.joining(" | "));
  }
}
