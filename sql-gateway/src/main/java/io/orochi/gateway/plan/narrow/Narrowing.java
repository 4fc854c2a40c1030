package io.orochi.gateway.plan.narrow;

import io.orochi.gateway.plan.sql.SqlTemplate;
import io.orochi.table.kernel.scan.FirstFiles;
import java.util.List;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;

/**
 * A small query that is run before the query itself and tells which files of an input it can skip.
 */
public sealed interface Narrowing {
  /** The input whose files are skipped. */
  int input();

  /**
   * The query wants the first rows by a column: files are looked into in that order until enough
   * rows are found.
   *
   * @param rows how many the query wants
   * @param reached over some of the input's files: one row with what the last of the first rows
   *     has, or none if there are fewer
   * @param filtered whether conditions decide which rows count; if not, metadata tells all
   */
  record FirstRows(
      int input,
      String column,
      Type type,
      FirstFiles.Order order,
      long rows,
      SqlTemplate reached,
      boolean filtered)
      implements Narrowing {
    /** What rows that may be among the first fulfil. */
    public Expression condition(Object value) {
      return order == FirstFiles.Order.GREATEST_FIRST
          ? Expressions.greaterThanOrEqual(column, value)
          : Expressions.lessThanOrEqual(column, value);
    }
  }

  /**
   * The query wants the first rows by each of several orders: a file is read if one of them needs
   * it.
   *
   * @param orders of the input; all of them filtered, or none
   */
  record EachFirst(int input, List<FirstRows> orders) implements Narrowing {
    public EachFirst {
      orders = List.copyOf(orders);
    }

    /** Whether conditions decide which rows count. */
    public boolean filtered() {
      return orders.stream().anyMatch(FirstRows::filtered);
    }
  }

  /**
   * Rows of the input count only if their column equals one of another input's.
   *
   * @param from the other input
   * @param keys over it: distinct values, none NULL, at most {@link #MOST_KEYS} and one
   * @param extremes over it: the least and the greatest value
   */
  record JoinKeys(
      int input, String column, Type type, int from, SqlTemplate keys, SqlTemplate extremes)
      implements Narrowing {
    public static final int MOST_KEYS = 1_000;

    public Expression condition(List<Object> values) {
      return values.isEmpty()
          ? Expressions.alwaysFalse()
          : Expressions.in(column, values.stream().map(v -> KeyValues.literal(v, type)).toArray());
    }

    public Expression between(Object least, Object greatest) {
      return Expressions.and(
          Expressions.greaterThanOrEqual(column, KeyValues.literal(least, type)),
          Expressions.lessThanOrEqual(column, KeyValues.literal(greatest, type)));
    }
  }
}
