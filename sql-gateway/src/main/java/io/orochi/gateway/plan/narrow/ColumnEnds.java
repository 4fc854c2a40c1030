package io.orochi.gateway.plan.narrow;

import org.apache.iceberg.expressions.And;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.expressions.UnboundPredicate;
import org.apache.iceberg.types.Type;

/**
 * Between which values of a column of times all rows lie that a filter lets through.
 *
 * @param least {@link Long#MIN_VALUE} if there is none
 * @param greatest {@link Long#MAX_VALUE} if there is none
 */
public record ColumnEnds(long least, long greatest) {
  private static final ColumnEnds ALL = new ColumnEnds(Long.MIN_VALUE, Long.MAX_VALUE);

  /**
   * @param type of the column, whose values are numbers
   */
  public static ColumnEnds of(Expression filter, String column, Type type) {
    if (filter instanceof And and) {
      return of(and.left(), column, type).within(of(and.right(), column, type));
    }
    if (!(filter instanceof UnboundPredicate<?> predicate)
        || !predicate.term().ref().name().equals(column)
        || predicate.term() != predicate.ref()) {
      return ALL;
    }
    return switch (predicate.op()) {
      case LT, LT_EQ -> new ColumnEnds(Long.MIN_VALUE, value(predicate, type, Long.MAX_VALUE));
      case GT, GT_EQ -> new ColumnEnds(value(predicate, type, Long.MIN_VALUE), Long.MAX_VALUE);
      default -> ALL;
    };
  }

  private static long value(UnboundPredicate<?> predicate, Type type, long unknown) {
    Literal<Long> literal = predicate.literal().to(type);
    return literal == null || literal.value() == null ? unknown : literal.value();
  }

  /** What lies between both. */
  public ColumnEnds within(ColumnEnds other) {
    return new ColumnEnds(Math.max(least, other.least), Math.min(greatest, other.greatest));
  }
}
