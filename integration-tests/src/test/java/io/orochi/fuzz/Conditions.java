package io.orochi.fuzz;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Random conditions on one table. */
final class Conditions {
  private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");

  /** Of LIKE, and the same as regular expressions. */
  private static final Map<String, String> PATTERNS =
      new TreeMap<>(
          Map.of(
              "%b", ".*b",
              "_", ".",
              "a%b", "a.*b",
              "a\\%_", "a%.",
              "a\\%b", "a\\\\.*b",
              "%a_b%", ".*a.b.*"));

  private static final List<String> PREFIXES = List.of("a", "a long", "z", "b", "ä", "a''");

  private final Random random;
  private final Expressions expressions;

  Conditions(Random random, Expressions expressions) {
    this.random = random;
    this.expressions = expressions;
  }

  Condition any() {
    return any(3);
  }

  private Condition any(int depth) {
    if (depth == 0 || random.nextInt(5) < 2) {
      return atom();
    }
    return switch (random.nextInt(6)) {
      case 0, 1 -> Condition.all(parts(depth));
      case 2, 3 -> Condition.any(parts(depth));
      case 4 -> any(depth - 1).not();
      default -> any(depth - 1).test(random.nextBoolean(), random.nextBoolean());
    };
  }

  private List<Condition> parts(int depth) {
    List<Condition> parts = new ArrayList<>();
    int count = 2 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      parts.add(any(depth - 1));
    }
    return parts;
  }

  private Condition atom() {
    return switch (random.nextInt(10)) {
      case 0 -> isNull(expressions.anyColumn());
      case 1, 2 -> in(expressions.any());
      case 3 -> between(expressions.any());
      case 4 -> like();
      case 5 -> twoColumns();
      case 6 -> wideComparison();
      default -> comparison(expressions.any());
    };
  }

  private Condition comparison(Expr left) {
    if (left.kind() == Kind.BOOLEAN && random.nextBoolean()) {
      return Condition.atom(left.sql(), left.eval());
    }
    Expr right = constant(left);
    return random.nextInt(4) == 0
        ? compare(right, operator(left.kind()), left)
        : compare(left, operator(left.kind()), right);
  }

  /** A number against a constant of another type. */
  private Condition wideComparison() {
    Expr left = expressions.any();
    if (!left.kind().isNumber()) {
      return comparison(left);
    }
    Kind[] numbers = {Kind.INT, Kind.BIGINT, Kind.DOUBLE, Kind.DECIMAL};
    Kind other = numbers[random.nextInt(numbers.length)];
    return compare(left, operator(left.kind()), expressions.constant(other));
  }

  private Condition twoColumns() {
    Expr left = expressions.any();
    for (int attempt = 0; attempt < 8; attempt++) {
      Expr right = expressions.any();
      if (right.kind() == left.kind()) {
        return compare(left, operator(left.kind()), right);
      }
    }
    return comparison(left);
  }

  private String operator(Kind kind) {
    int count = kind == Kind.BOOLEAN ? 2 : COMPARISONS.size();
    return COMPARISONS.get(random.nextInt(count));
  }

  private static Condition compare(Expr left, String operator, Expr right) {
    return Condition.atom(
        left.sql() + " " + operator + " " + right.sql(),
        row -> {
          Object a = left.eval().of(row);
          Object b = right.eval().of(row);
          return a == null || b == null ? null : holds(Values.compare(a, b), operator);
        });
  }

  private static boolean holds(int order, String operator) {
    return switch (operator) {
      case "=" -> order == 0;
      case "<>" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private Condition isNull(Expr value) {
    boolean not = random.nextBoolean();
    return Condition.atom(
        value.sql() + (not ? " IS NOT NULL" : " IS NULL"),
        row -> (value.eval().of(row) == null) != not);
  }

  private Condition in(Expr value) {
    int count = 1 + random.nextInt(random.nextInt(6) == 0 ? 30 : 4);
    List<Expr> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(constant(value));
    }
    boolean not = random.nextInt(4) == 0;
    String list = items.stream().map(Expr::sql).collect(Collectors.joining(", "));
    return Condition.atom(
        value.sql() + (not ? " NOT IN (" : " IN (") + list + ")",
        row -> {
          Object found = value.eval().of(row);
          if (found == null) {
            return null;
          }
          boolean any =
              items.stream().anyMatch(item -> Values.compare(found, item.eval().of(row)) == 0);
          return any != not;
        });
  }

  private Condition between(Expr value) {
    if (value.kind() == Kind.BOOLEAN) {
      return comparison(value);
    }
    Expr low = constant(value);
    Expr high = constant(value);
    boolean not = random.nextInt(4) == 0;
    Condition inside =
        Condition.all(List.of(compare(value, ">=", low), compare(value, "<=", high)));
    String sql = value.sql() + (not ? " NOT" : "") + " BETWEEN " + low.sql() + " AND " + high.sql();
    return Condition.atom(sql, not ? inside.not().eval() : inside.eval());
  }

  private Condition like() {
    Expr value = expressions.anyColumn();
    if (value.kind() != Kind.STRING) {
      return comparison(value);
    }
    if (random.nextInt(4) == 0) {
      return matching(value);
    }
    String prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
    String plain = prefix.replace("''", "'");
    boolean not = random.nextInt(4) == 0;
    return Condition.atom(
        value.sql() + (not ? " NOT LIKE '" : " LIKE '") + prefix + "%'",
        row -> {
          Object text = value.eval().of(row);
          return text == null ? null : text.toString().startsWith(plain) != not;
        });
  }

  private Condition matching(Expr value) {
    String pattern = List.copyOf(PATTERNS.keySet()).get(random.nextInt(PATTERNS.size()));
    return Condition.atom(
        value.sql() + " LIKE '" + pattern + "'",
        row -> {
          Object text = value.eval().of(row);
          return text == null ? null : (Object) text.toString().matches(PATTERNS.get(pattern));
        });
  }

  /** Years, months and the like need small numbers, days of the calendar need such days. */
  private Expr constant(Expr value) {
    if (value.sql().startsWith("DATE_FORMAT")) {
      LocalDate day = expressions.table().day().plusDays(random.nextInt(8) - 1L);
      return Expr.constant(Kind.STRING, day.toString());
    }
    if (!value.sql().startsWith("EXTRACT")) {
      return expressions.constant(value.kind());
    }
    int day = expressions.table().day().getYear();
    long number =
        value.sql().contains("YEAR") ? day + random.nextInt(3) - 1 : 1 + random.nextInt(24);
    return Expr.constant(Kind.BIGINT, number);
  }
}
