package io.orochi.fuzz;

import java.util.List;

/** A statement, and what its answer must be. */
record Question(String sql, Expected expected) {
  /** How the right answer is known. */
  sealed interface Expected {
    /** Computed in Java. */
    record Rows(List<String> rows, Order order) implements Expected {}

    /** The answer of a session that skips no file, in any order. */
    record Unpruned() implements Expected {}
  }

  /** Whether the order of rows counts. */
  enum Order {
    ANY,
    GIVEN
  }

  /** A query with a place for a condition. */
  interface Form {
    Question with(Condition condition);
  }

  static Question of(String sql, List<String> rows, Order order) {
    return new Question(sql, new Expected.Rows(rows, order));
  }

  static Question unpruned(String sql) {
    return new Question(sql, new Expected.Unpruned());
  }
}
