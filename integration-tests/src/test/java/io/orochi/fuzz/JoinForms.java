package io.orochi.fuzz;

import io.orochi.fuzz.Question.Form;
import io.orochi.fuzz.Question.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random queries over two tables, {@code a} and {@code b}. */
final class JoinForms {
  private static final List<String> KINDS = List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");

  private final Random random;
  private final RandomTable left;
  private final RandomTable right;
  private final Condition ofLeft;
  private final Condition ofRight;
  private final int key;

  /**
   * @param ofLeft on rows that begin with those of the left table
   * @param ofRight on rows of both tables
   */
  JoinForms(
      Random random, RandomTable left, RandomTable right, Condition ofLeft, Condition ofRight) {
    this.random = random;
    this.left = left;
    this.right = right;
    this.ofLeft = ofLeft;
    this.ofRight = ofRight;
    boolean times =
        left.columns().get(RandomTable.TS).kind() == right.columns().get(RandomTable.TS).kind();
    this.key = times && random.nextBoolean() ? RandomTable.TS : RandomTable.K;
  }

  Form any() {
    return switch (random.nextInt(5)) {
      case 0, 1 -> joined();
      case 2 -> semi();
      case 3 -> grouped();
      default -> chosen();
    };
  }

  /** One condition in ON, one in WHERE. */
  private Form joined() {
    String kind = KINDS.get(random.nextInt(KINDS.size()));
    boolean onRight = random.nextBoolean();
    return condition -> {
      Condition on = onRight ? ofRight : ofLeft;
      List<String> rows = new ArrayList<>();
      for (Object[] row : pairs(kind, on)) {
        if (condition.holds(row)) {
          rows.add(Forms.text(row[RandomTable.ID], row[left.columns().size() + RandomTable.ID]));
        }
      }
      String sql =
          "SELECT a.id, b.id AS bid FROM %s AS a %s %s AS b ON %s AND (%s) WHERE %s"
              .formatted(left.name(), kind, right.name(), keys(), on.sql(), condition.sql());
      return Question.of(sql, rows, Order.ANY);
    };
  }

  private Form semi() {
    boolean not = random.nextBoolean();
    boolean in = random.nextBoolean();
    String column = left.columns().get(key).name();
    String inner =
        "SELECT %s FROM %s AS b WHERE (%s)"
            .formatted(in ? "b." + column : "1", right.name(), ofRight.sql());
    String test =
        in && !not
            ? "a.%s IN (%s)".formatted(column, inner)
            : "%s (%s AND %s)".formatted(not ? "NOT EXISTS" : "EXISTS", inner, keys());
    return condition -> {
      List<String> rows = new ArrayList<>();
      for (Object[] row : left.rows()) {
        Object[] wide = wide(row, null);
        boolean found =
            right.rows().stream()
                .anyMatch(other -> sameKey(row, other) && ofRight.holds(wide(row, other)));
        if (condition.holds(wide) && found != not) {
          rows.add(Forms.text(row[RandomTable.ID]));
        }
      }
      return Question.of(
          "SELECT a.id FROM %s AS a WHERE (%s) AND %s"
              .formatted(left.name(), condition.sql(), test),
          rows,
          Order.ANY);
    };
  }

  /** Many steps at once: only the session without pruning knows the answer. */
  private Form grouped() {
    String kind = KINDS.get(random.nextInt(KINDS.size()));
    return condition ->
        Question.unpruned(
            ("SELECT x.k, COUNT(*) AS n, MAX(x.r) AS r, COUNT(DISTINCT x.bid) AS d FROM ("
                    + "SELECT a.k, b.id AS bid, RANK() OVER (PARTITION BY b.k ORDER BY a.id) AS r"
                    + " FROM %s AS a %s (SELECT * FROM %s AS b WHERE %s) AS b ON %s WHERE %s) AS x"
                    + " WHERE x.k IS NULL OR x.k > 0 GROUP BY x.k")
                .formatted(
                    left.name(), kind, right.name(), ofRight.sql(), keys(), condition.sql()));
  }

  /** A few rows of one side decide which files of the other matter. */
  private Form chosen() {
    int limit = 1 + random.nextInt(3);
    return condition ->
        Question.unpruned(
            ("WITH b AS (SELECT * FROM %s AS b WHERE %s ORDER BY b.id LIMIT %d)"
                    + " SELECT a.id, b.id AS bid FROM %s AS a JOIN b ON %s WHERE %s")
                .formatted(
                    right.name(), ofRight.sql(), limit, left.name(), keys(), condition.sql()));
  }

  private String keys() {
    String column = left.columns().get(key).name();
    return "a." + column + " = b." + column;
  }

  private boolean sameKey(Object[] a, Object[] b) {
    return a[key] != null && b[key] != null && Values.compare(a[key], b[key]) == 0;
  }

  private List<Object[]> pairs(String kind, Condition on) {
    List<Object[]> pairs = new ArrayList<>();
    boolean[] met = new boolean[right.rows().size()];
    for (Object[] row : left.rows()) {
      boolean any = false;
      for (int i = 0; i < met.length; i++) {
        Object[] other = right.rows().get(i);
        if (sameKey(row, other)) {
          Object[] wide = wide(row, other);
          if (on.holds(wide)) {
            pairs.add(wide);
            any = true;
            met[i] = true;
          }
        }
      }
      if (!any && (kind.equals("LEFT JOIN") || kind.equals("FULL JOIN"))) {
        pairs.add(wide(row, null));
      }
    }
    for (int i = 0; i < met.length; i++) {
      if (!met[i] && (kind.equals("RIGHT JOIN") || kind.equals("FULL JOIN"))) {
        pairs.add(wide(null, right.rows().get(i)));
      }
    }
    return pairs;
  }

  private Object[] wide(Object[] a, Object[] b) {
    Object[] wide = new Object[left.columns().size() + right.columns().size()];
    if (a != null) {
      System.arraycopy(a, 0, wide, 0, a.length);
    }
    if (b != null) {
      System.arraycopy(b, 0, wide, left.columns().size(), b.length);
    }
    return wide;
  }
}
