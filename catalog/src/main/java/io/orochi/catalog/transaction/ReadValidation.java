package io.orochi.catalog.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.expressions.Projections;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Whether rows that a transaction has read were changed since. It looks at files only: partition
 * values, and minima and maxima of columns. So it may see a change where there is none, and never
 * misses one.
 */
final class ReadValidation {
  private final Table table;
  private final List<Expression> filters;

  /**
   * @param table as it is now
   * @param filters what was read, each a WHERE
   */
  ReadValidation(Table table, List<Expression> filters) {
    this.table = table;
    this.filters = List.copyOf(filters);
  }

  /** The first commit after {@code snapshotId} (null: of all) that changed what was read. */
  Optional<Snapshot> firstConflictSince(Long snapshotId) {
    List<Snapshot> since = new ArrayList<>();
    boolean found = snapshotId == null;
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      if (snapshotId != null && snapshot.snapshotId() == snapshotId) {
        found = true;
        break;
      }
      since.add(0, snapshot);
    }
    if (!found) {
      return Optional.of(table.currentSnapshot());
    }
    return since.stream().filter(this::conflicts).findFirst();
  }

  private boolean conflicts(Snapshot snapshot) {
    if (DataOperations.REPLACE.equals(snapshot.operation())) {
      return false;
    }
    SnapshotChanges changes = SnapshotChanges.builderFor(table).snapshot(snapshot).build();
    return anyRead(changes.addedDataFiles())
        || anyRead(changes.removedDataFiles())
        || anyRead(changes.addedDeleteFiles());
  }

  private boolean anyRead(Iterable<? extends ContentFile<?>> files) {
    for (ContentFile<?> file : files) {
      for (Expression filter : filters) {
        if (mayHold(file, filter)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean mayHold(ContentFile<?> file, Expression filter) {
    PartitionSpec spec = table.specs().get(file.specId());
    try {
      Expression partitions = Projections.inclusive(spec, true).project(filter);
      boolean inPartition =
          partitions.equals(Expressions.alwaysTrue())
              || new Evaluator(spec.partitionType(), partitions).eval(file.partition());
      return inPartition
          && (!(file instanceof DataFile)
              || new InclusiveMetricsEvaluator(table.schema(), filter).eval(file));
    } catch (RuntimeException notBound) {
      return true;
    }
  }
}
