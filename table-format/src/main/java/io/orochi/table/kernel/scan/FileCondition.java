package io.orochi.table.kernel.scan;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.expressions.Binder;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.expressions.Projections;
import org.apache.iceberg.expressions.StrictMetricsEvaluator;
import org.apache.iceberg.types.Types;

/**
 * What a file's partition and statistics say about a condition on its rows. One thread.
 *
 * <p>Statistics count only for columns the plan was asked to keep them of.
 */
final class FileCondition {
  private final Expression bound;
  private final InclusiveMetricsEvaluator some;
  private final StrictMetricsEvaluator every;
  private final Map<Integer, OnPartition> someOf = new HashMap<>();
  private final Map<Integer, Evaluator> everyOf = new HashMap<>();

  /**
   * @throws org.apache.iceberg.exceptions.ValidationException if the condition does not fit these
   *     columns
   */
  FileCondition(Schema schema, Expression condition) {
    Types.StructType columns = schema.asStruct();
    boolean constant =
        condition.op() == Expression.Operation.TRUE || condition.op() == Expression.Operation.FALSE;
    this.bound =
        constant ? condition : Binder.bind(columns, Expressions.rewriteNot(condition), true);
    this.some = new InclusiveMetricsEvaluator(schema, condition);
    this.every = new StrictMetricsEvaluator(schema, condition);
  }

  /** False only if no row of the file can fulfil the condition. */
  boolean mayHold(PartitionSpec spec, DataFile file) {
    return onPartition(spec).evaluator.eval(file.partition()) && some.eval(file);
  }

  /** Those outside of it hold no row that can fulfil the condition. */
  KeyRange range(PartitionSpec spec) {
    return onPartition(spec).range;
  }

  private record OnPartition(Evaluator evaluator, KeyRange range) {
    static OnPartition of(PartitionSpec spec, Expression projected) {
      Types.StructType partition = spec.partitionType();
      return new OnPartition(
          new Evaluator(partition, projected),
          KeyRange.of(spec, Binder.bind(partition, projected, true)));
    }
  }

  private OnPartition onPartition(PartitionSpec spec) {
    return someOf.computeIfAbsent(
        spec.specId(), id -> OnPartition.of(spec, Projections.inclusive(spec).project(bound)));
  }

  /** True only if every row of the file fulfils the condition. */
  boolean holds(PartitionSpec spec, DataFile file) {
    return holdsOf(spec, file.partition()) || every.eval(file);
  }

  /** Evaluators take NULL for less than any value, so a partition of NULLs tells nothing. */
  private boolean holdsOf(PartitionSpec spec, StructLike partition) {
    for (int i = 0; i < spec.fields().size(); i++) {
      boolean isVoid = spec.fields().get(i).transform().isVoid();
      if (!isVoid && partition.get(i, Object.class) == null) {
        return false;
      }
    }
    return everyOf
        .computeIfAbsent(
            spec.specId(),
            id -> new Evaluator(spec.partitionType(), Projections.strict(spec).project(bound)))
        .eval(partition);
  }
}
