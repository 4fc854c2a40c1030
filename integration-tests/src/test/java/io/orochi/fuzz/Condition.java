package io.orochi.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * A condition in SQL, and the same decided in Java.
 *
 * @param eval Boolean, or null for unknown
 * @param parts the conditions it was made of, any of which may be the one that fails
 */
record Condition(String sql, Expr.Eval eval, List<Condition> parts) {
  static final Condition TRUE = new Condition("TRUE", row -> true, List.of());

  static Condition atom(String sql, Expr.Eval eval) {
    return new Condition(sql, eval, List.of());
  }

  boolean holds(Object[] row) {
    return Boolean.TRUE.equals(eval.of(row));
  }

  Condition not() {
    return new Condition(
        "NOT (" + sql + ")",
        row -> {
          Object value = eval.of(row);
          return value == null ? null : !(Boolean) value;
        },
        List.of(this));
  }

  Condition isUnknown() {
    return new Condition("(" + sql + ") IS NULL", row -> eval.of(row) == null, List.of(this));
  }

  /** IS TRUE, IS NOT TRUE, IS FALSE and IS NOT FALSE. */
  Condition test(boolean wanted, boolean is) {
    String words = (is ? " IS " : " IS NOT ") + (wanted ? "TRUE" : "FALSE");
    return new Condition(
        "(" + sql + ")" + words,
        row -> Boolean.valueOf(wanted).equals(eval.of(row)) == is,
        List.of(this));
  }

  static Condition all(List<Condition> parts) {
    return join(parts, " AND ", false);
  }

  static Condition any(List<Condition> parts) {
    return join(parts, " OR ", true);
  }

  /** One part with the deciding value decides; else an unknown part makes it unknown. */
  private static Condition join(List<Condition> parts, String word, boolean deciding) {
    List<String> texts = new ArrayList<>();
    parts.forEach(part -> texts.add("(" + part.sql + ")"));
    return new Condition(
        String.join(word, texts),
        row -> {
          boolean unknown = false;
          for (Condition part : parts) {
            Object value = part.eval.of(row);
            if (value == null) {
              unknown = true;
            } else if ((Boolean) value == deciding) {
              return deciding;
            }
          }
          return unknown ? null : !deciding;
        },
        parts);
  }
}
