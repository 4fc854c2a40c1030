package io.orochi.fuzz;

import io.orochi.fuzz.Question.Form;
import io.orochi.fuzz.Question.Order;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** Random grouping sets, and window functions over rows whose order is not decided. */
final class GroupForms {
  private static final List<String> SETS =
      List.of("CUBE(%1$s, %2$s)", "ROLLUP(%1$s, %2$s)", "GROUPING SETS ((%1$s), (%2$s, %1$s), ())");
  private static final List<List<Integer>> MASKS =
      List.of(List.of(0, 1, 2, 3), List.of(0, 1, 3), List.of(1, 0, 3));

  private final Random random;
  private final Expressions a;
  private final RandomTable table;

  GroupForms(Random random, Expressions a) {
    this.random = random;
    this.a = a;
    this.table = a.table();
  }

  /** A key that a set leaves out is NULL in it, as a NULL of the table is; GROUPING_ID tells. */
  Form groupingSets() {
    Expr first = a.any();
    Expr other = a.column(RandomTable.K);
    Expr second = first.sql().equals(other.sql()) ? a.column(RandomTable.TS) : other;
    int kind = random.nextInt(SETS.size());
    int most = random.nextInt(4);
    String sets = SETS.get(kind).formatted(first.sql(), second.sql());
    String id = "GROUPING_ID(" + first.sql() + ", " + second.sql() + ")";
    return condition -> {
      List<String> rows = new ArrayList<>();
      for (int mask : MASKS.get(kind)) {
        Map<String, List<Object[]>> groups = new TreeMap<>();
        for (Object[] row : matching(condition)) {
          Object x = (mask & 2) == 0 ? first.eval().of(row) : null;
          Object y = (mask & 1) == 0 ? second.eval().of(row) : null;
          groups.computeIfAbsent(Forms.text(x, y), key -> new ArrayList<>()).add(row);
        }
        groups.forEach(
            (keys, members) -> {
              if (members.size() > most) {
                rows.add(keys + " | " + Forms.text(mask, members.size(), sumOfIds(members)));
              }
            });
      }
      String sql =
          "SELECT %s, %s, %s, COUNT(*), SUM(a.id) FROM %s AS a%s GROUP BY %s HAVING COUNT(*) > %d"
              .formatted(
                  first.sql(), second.sql(), id, table.name(), Forms.where(condition), sets, most);
      return Question.of(sql, rows, Order.ANY);
    };
  }

  /** Rows of equal order are one step of a RANGE; NULL is the least value. */
  Form ties() {
    Expr part = a.anyColumn();
    Expr key = a.any();
    boolean descending = random.nextBoolean();
    boolean onwards = random.nextInt(3) == 0;
    Comparator<Object[]> ascending =
        Comparator.comparing(
            (Object[] row) -> key.eval().of(row), Comparator.nullsFirst(Values::compare));
    Comparator<Object[]> order = descending ? ascending.reversed() : ascending;
    String over =
        " OVER (PARTITION BY %s ORDER BY %s%s"
            .formatted(part.sql(), key.sql(), descending ? " DESC" : "");
    String frame = onwards ? " RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)" : ")";
    return condition -> {
      List<Object[]> rows = matching(condition);
      List<String> expected = new ArrayList<>();
      for (Object[] row : rows) {
        List<Object[]> before = new ArrayList<>();
        List<Object[]> framed = new ArrayList<>();
        for (Object[] other : rows) {
          if (Objects.equals(text(part, row), text(part, other))) {
            int place = order.compare(other, row);
            if (place < 0) {
              before.add(other);
            }
            if (place == 0 || onwards == place > 0) {
              framed.add(other);
            }
          }
        }
        expected.add(
            Forms.text(row[RandomTable.ID], before.size() + 1, framed.size(), sumOfIds(framed)));
      }
      String sql =
          "SELECT a.id, RANK()%1$s), COUNT(*)%1$s%2$s, SUM(a.id)%1$s%2$s FROM %3$s AS a%4$s"
              .formatted(over, frame, table.name(), Forms.where(condition));
      return Question.of(sql, expected, Order.ANY);
    };
  }

  private static String text(Expr value, Object[] row) {
    return Forms.text(value.eval().of(row));
  }

  private List<Object[]> matching(Condition condition) {
    return table.rows().stream().filter(condition::holds).toList();
  }

  private static BigDecimal sumOfIds(List<Object[]> rows) {
    return rows.stream()
        .map(row -> BigDecimal.valueOf((Long) row[RandomTable.ID]))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
