package io.orochi.fuzz;

/** A value in SQL, and the same computed in Java. */
record Expr(String sql, Kind kind, Eval eval) {
  /** Null is NULL. */
  interface Eval {
    Object of(Object[] row);
  }

  static Expr constant(Kind kind, Object value) {
    return new Expr(kind.literal(value), kind, row -> value);
  }
}
