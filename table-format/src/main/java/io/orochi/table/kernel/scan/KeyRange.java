package io.orochi.table.kernel.scan;

import java.util.Set;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.expressions.BoundLiteralPredicate;
import org.apache.iceberg.expressions.BoundPredicate;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.ExpressionVisitors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Which values of a partition's first field a condition leaves over, both ends included; none if
 * the least exceeds the greatest.
 */
record KeyRange(long least, long greatest) {
  static final KeyRange ALL = new KeyRange(Long.MIN_VALUE, Long.MAX_VALUE);
  private static final KeyRange NONE = new KeyRange(Long.MAX_VALUE, Long.MIN_VALUE);
  private static final Set<Type.TypeID> WHOLE_NUMBERS =
      Set.of(Type.TypeID.INTEGER, Type.TypeID.LONG, Type.TypeID.DATE, Type.TypeID.TIMESTAMP);

  /** Whether the first field of a partition is a whole number: an hour, a day, a bucket. */
  static boolean orders(PartitionSpec spec) {
    return spec.isPartitioned()
        && WHOLE_NUMBERS.contains(spec.partitionType().fields().get(0).type().typeId());
  }

  /**
   * @param projected a condition on the partition, bound to it; anything that this class does not
   *     understand leaves all values over
   */
  static KeyRange of(PartitionSpec spec, Expression projected) {
    if (!orders(spec)) {
      return ALL;
    }
    PartitionField first = spec.fields().get(0);
    NestedField key = spec.partitionType().field(first.fieldId());
    return ExpressionVisitors.visit(projected, new Ranges(key.fieldId()));
  }

  private static final class Ranges extends ExpressionVisitors.ExpressionVisitor<KeyRange> {
    private final int key;

    Ranges(int key) {
      this.key = key;
    }

    @Override
    public KeyRange alwaysTrue() {
      return ALL;
    }

    @Override
    public KeyRange alwaysFalse() {
      return NONE;
    }

    @Override
    public KeyRange not(KeyRange negated) {
      return ALL;
    }

    @Override
    public KeyRange and(KeyRange left, KeyRange right) {
      return new KeyRange(
          Math.max(left.least, right.least), Math.min(left.greatest, right.greatest));
    }

    @Override
    public KeyRange or(KeyRange left, KeyRange right) {
      return new KeyRange(
          Math.min(left.least, right.least), Math.max(left.greatest, right.greatest));
    }

    @Override
    public <T> KeyRange predicate(BoundPredicate<T> predicate) {
      if (!predicate.isLiteralPredicate() || predicate.ref().fieldId() != key) {
        return ALL;
      }
      BoundLiteralPredicate<T> comparison = predicate.asLiteralPredicate();
      long value = ((Number) comparison.literal().value()).longValue();
      return switch (comparison.op()) {
        case EQ -> new KeyRange(value, value);
        case GT, GT_EQ -> new KeyRange(value, Long.MAX_VALUE);
        case LT, LT_EQ -> new KeyRange(Long.MIN_VALUE, value);
        default -> ALL;
      };
    }
  }
}
