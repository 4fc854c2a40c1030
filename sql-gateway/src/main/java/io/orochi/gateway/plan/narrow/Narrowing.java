package io.orochi.gateway.plan.narrow;

import io.orochi.gateway.plan.scan.Relation;
import io.orochi.gateway.plan.scan.Scan;
import io.orochi.gateway.plan.sql.SqlTemplate;
import io.orochi.gateway.plan.sql.SqlText;
import io.orochi.table.kernel.scan.FirstFiles;
import io.orochi.table.layout.BloomFilterColumns;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.And;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Or;
import org.apache.iceberg.expressions.UnboundPredicate;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

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
   * The query wants the first groups of rows by {@code time_bucket}: rows are looked into from that
   * end of the time on, some buckets at a time, until enough groups are found.
   *
   * @param column in microseconds, never NULL
   * @param widthMicros of a bucket, counted from 2000-01-03 00:00
   * @param groups how many the query wants
   * @param found over some of the input's rows: one row with the number of groups, at most {@code
   *     groups}
   * @param ends of the column where the query looks
   */
  record FirstGroups(
      int input,
      String column,
      Type type,
      long widthMicros,
      FirstFiles.Order order,
      long groups,
      SqlTemplate found,
      ColumnEnds ends)
      implements Narrowing {
    private static final long ORIGIN_MICROS = 946_857_600_000_000L;

    /** The same where the files end too. */
    public FirstGroups within(ColumnEnds files) {
      return new FirstGroups(
          input, column, type, widthMicros, order, groups, found, ends.within(files));
    }

    /**
     * Where the last of the first buckets begins, or behind its end if the greatest come last.
     *
     * @param buckets how many to look into
     */
    public long reach(long buckets) {
      boolean greatest = order == FirstFiles.Order.GREATEST_FIRST;
      long first =
          Math.floorDiv((greatest ? ends.greatest() : ends.least()) - ORIGIN_MICROS, widthMicros);
      long last = greatest ? first - buckets + 1 : first + buckets;
      return ORIGIN_MICROS + last * widthMicros;
    }

    /** The part of the time that these buckets are, from 0 to more than 1. */
    public double part(long buckets) {
      return (double) widthMicros
          * buckets
          / Math.max(1.0, (double) ends.greatest() - ends.least());
    }

    /** What rows of the buckets up to {@link #reach} fulfil. */
    public Expression condition(long reached) {
      return order == FirstFiles.Order.GREATEST_FIRST
          ? Expressions.greaterThanOrEqual(column, reached)
          : Expressions.lessThan(column, reached);
    }

    /** The same in the kernel's SQL. */
    public String sql(long reached) {
      boolean zoned = ((Types.TimestampType) type).shouldAdjustToUTC();
      return SqlText.identifier(column)
          + (order == FirstFiles.Order.GREATEST_FIRST ? " >= " : " < ")
          + (zoned ? "make_timestamptz(" : "make_timestamp(")
          + "CAST("
          + reached
          + " AS BIGINT))";
    }
  }

  /**
   * Rows count only if columns with bloom filters have certain values: files that cannot hold them
   * are skipped.
   *
   * @param condition that every row that counts fulfils
   */
  record Points(int input, Expression condition) implements Narrowing {
    private static final Set<Expression.Operation> TOLD =
        Set.of(Expression.Operation.EQ, Expression.Operation.IN);

    /** Empty if no filter tells of the condition. */
    public static Optional<Points> of(int input, Scan scan) {
      if (!(scan.relation() instanceof Relation.Stored stored)) {
        return Optional.empty();
      }
      Set<Integer> columns = BloomFilterColumns.of(stored.table());
      return !columns.isEmpty() && speaksOf(scan.filter(), columns, stored.schema())
          ? Optional.of(new Points(input, scan.filter()))
          : Optional.empty();
    }

    private static boolean speaksOf(Expression condition, Set<Integer> columns, Schema schema) {
      if (condition instanceof And and) {
        return speaksOf(and.left(), columns, schema) || speaksOf(and.right(), columns, schema);
      }
      if (condition instanceof Or or) {
        return speaksOf(or.left(), columns, schema) && speaksOf(or.right(), columns, schema);
      }
      if (!(condition instanceof UnboundPredicate<?> predicate) || !TOLD.contains(predicate.op())) {
        return false;
      }
      Types.NestedField column = schema.findField(predicate.ref().name());
      return column != null && columns.contains(column.fieldId());
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
