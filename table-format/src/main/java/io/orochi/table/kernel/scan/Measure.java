package io.orochi.table.kernel.scan;

import java.util.Objects;

/**
 * What is asked of the rows of a table.
 *
 * @param column of the plan; null for {@link Kind#ROWS}
 */
public record Measure(Kind kind, String column) {
  /** Each can be put together from parts. */
  public enum Kind {
    /** How many rows. */
    ROWS,
    /** In how many rows the column is not NULL. */
    PRESENT,
    LEAST,
    GREATEST
  }

  public Measure {
    if (kind != Kind.ROWS) {
      Objects.requireNonNull(column);
    }
  }
}
