package io.orochi.table.kernel.changelog;

import org.apache.iceberg.ContentFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.ExpressionVisitors;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.expressions.UnboundPredicate;

/** Which changes a condition on the changelog can be true for. */
final class ChangelogFilter {
  private static final Schema OWN = new Schema(ChangelogColumns.OWN);

  private final Evaluator snapshots;
  private final InclusiveMetricsEvaluator files;

  /**
   * @param filter over the changelog's columns, not bound; one that cannot be bound holds for all
   */
  ChangelogFilter(Schema table, Expression filter) {
    this.snapshots = snapshots(filter);
    this.files = files(table, filter);
  }

  private static Evaluator snapshots(Expression filter) {
    try {
      return new Evaluator(OWN.asStruct(), about(filter, Part.SNAPSHOTS));
    } catch (ValidationException | IllegalArgumentException unbound) {
      return new Evaluator(OWN.asStruct(), Expressions.alwaysTrue());
    }
  }

  private static InclusiveMetricsEvaluator files(Schema table, Expression filter) {
    try {
      return new InclusiveMetricsEvaluator(table, about(filter, Part.ROWS));
    } catch (ValidationException | IllegalArgumentException unbound) {
      return new InclusiveMetricsEvaluator(table, Expressions.alwaysTrue());
    }
  }

  boolean mayHold(ChangeType type, long snapshotId, long commitMicros) {
    return snapshots.eval(new Change(type.name(), snapshotId, commitMicros));
  }

  boolean mayHold(ContentFile<?> file) {
    return files.eval(file);
  }

  private enum Part {
    SNAPSHOTS,
    ROWS
  }

  /** What must be true of one part if the whole is true; the rest is taken for true. */
  private static Expression about(Expression filter, Part part) {
    return ExpressionVisitors.visit(
        Expressions.rewriteNot(filter),
        new ExpressionVisitors.ExpressionVisitor<>() {
          @Override
          public Expression alwaysTrue() {
            return Expressions.alwaysTrue();
          }

          @Override
          public Expression alwaysFalse() {
            return Expressions.alwaysFalse();
          }

          @Override
          public Expression and(Expression left, Expression right) {
            return Expressions.and(left, right);
          }

          @Override
          public Expression or(Expression left, Expression right) {
            return Expressions.or(left, right);
          }

          @Override
          public <T> Expression predicate(UnboundPredicate<T> predicate) {
            boolean own = ChangelogColumns.isOwn(predicate.ref().name());
            return own == (part == Part.SNAPSHOTS) ? predicate : Expressions.alwaysTrue();
          }
        });
  }

  private record Change(String type, long snapshotId, long commitMicros) implements StructLike {
    @Override
    public int size() {
      return ChangelogColumns.OWN.size();
    }

    @Override
    public <T> T get(int position, Class<T> javaClass) {
      return javaClass.cast(
          switch (position) {
            case 0 -> type;
            case 1 -> snapshotId;
            default -> commitMicros;
          });
    }

    @Override
    public <T> void set(int position, T value) {
      throw new UnsupportedOperationException("a change cannot be changed");
    }
  }
}
