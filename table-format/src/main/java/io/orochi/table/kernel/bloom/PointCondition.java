package io.orochi.table.kernel.bloom;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.And;
import org.apache.iceberg.expressions.Binder;
import org.apache.iceberg.expressions.BoundPredicate;
import org.apache.iceberg.expressions.BoundReference;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Or;

/** What bloom filters say about a condition: something of {@code =} and IN, nothing of the rest. */
final class PointCondition {
  /** Looking for more values costs more than it spares, and one of them is likely found. */
  private static final int MOST_VALUES = 100;

  private final Expression bound;

  /**
   * @throws org.apache.iceberg.exceptions.ValidationException if the condition does not fit these
   *     columns
   */
  PointCondition(Schema schema, Expression condition) {
    boolean constant =
        condition.op() == Expression.Operation.TRUE || condition.op() == Expression.Operation.FALSE;
    this.bound =
        constant
            ? condition
            : Binder.bind(schema.asStruct(), Expressions.rewriteNot(condition), true);
  }

  /**
   * False only if no row of the row group fulfils the condition.
   *
   * @param filters of the row group, by field id
   */
  boolean mayHold(Map<Integer, BlockFilter> filters, FileChannel file) throws IOException {
    return mayHold(bound, filters, file);
  }

  private static boolean mayHold(
      Expression condition, Map<Integer, BlockFilter> filters, FileChannel file)
      throws IOException {
    if (condition instanceof And and) {
      return mayHold(and.left(), filters, file) && mayHold(and.right(), filters, file);
    }
    if (condition instanceof Or or) {
      return mayHold(or.left(), filters, file) || mayHold(or.right(), filters, file);
    }
    if (condition instanceof BoundPredicate<?> predicate) {
      return !(predicate.term() instanceof BoundReference<?> column)
          || mayHold(predicate, column, filters.get(column.fieldId()), file);
    }
    return condition.op() != Expression.Operation.FALSE;
  }

  private static boolean mayHold(
      BoundPredicate<?> predicate, BoundReference<?> column, BlockFilter filter, FileChannel file)
      throws IOException {
    if (filter == null) {
      return true;
    }
    if (predicate.op() == Expression.Operation.EQ) {
      return mayHold(column, predicate.asLiteralPredicate().literal().value(), filter, file);
    }
    if (predicate.op() != Expression.Operation.IN
        || predicate.asSetPredicate().literalSet().size() > MOST_VALUES) {
      return true;
    }
    for (Object value : predicate.asSetPredicate().literalSet()) {
      if (mayHold(column, value, filter, file)) {
        return true;
      }
    }
    return false;
  }

  private static boolean mayHold(
      BoundReference<?> column, Object value, BlockFilter filter, FileChannel file)
      throws IOException {
    ValueHashes.Known known = ValueHashes.of(column.type(), value, filter.physicalType());
    if (known instanceof ValueHashes.Hash hash) {
      return filter.mayHold(file, hash.value());
    }
    return known instanceof ValueHashes.Unknown;
  }
}
