package io.orochi.gateway.change;

import io.orochi.catalog.settings.Settings;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.KernelQuery;
import io.orochi.gateway.plan.QueryPlanner.PlannedTree;
import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.scan.Scan;
import io.orochi.gateway.plan.scan.ScanColumn;
import io.orochi.gateway.plan.scan.Survivors;
import io.orochi.table.kernel.scan.ScanCounts;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.ScanPlanner;
import io.orochi.table.kernel.scan.ScanRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;

/**
 * The files of a DELETE that lose all their rows, by their statistics alone, and the query that
 * reads the others.
 */
record CoveredFiles(List<FileScanTask> files, KernelQuery query) {

  static CoveredFiles none(KernelQuery query) {
    return new CoveredFiles(List.of(), query);
  }

  /**
   * @param deleted the tree of the rows that are deleted, with their places
   */
  static CoveredFiles of(
      RelNode deleted,
      PlannedTree planned,
      QuerySettings settings,
      Instant now,
      ScanPlanner planner) {
    KernelQuery query = planned.query();
    Optional<KernelInput.Files> placed = placed(query);
    if (placed.isEmpty() || !Settings.pruning(settings.sessionSettings())) {
      return none(query);
    }
    Scan scan = planned.scans().get(0);
    Optional<Expression> survivors =
        condition(deleted)
            .flatMap(
                condition ->
                    condition.always
                        ? Optional.of(Expressions.alwaysFalse())
                        : new Survivors(settings.timeZone(), now)
                            .of(condition.node, column -> column(condition.rows, column, scan)));
    if (survivors.isEmpty()) {
      return none(query);
    }
    return split(query, placed.get(), keeping(placed.get().plan(), survivors.get(), planner));
  }

  private static Optional<KernelInput.Files> placed(KernelQuery query) {
    return query.inputs().size() == 1
            && query.inputs().get(0) instanceof KernelInput.Files files
            && files.places() == KernelInput.RowPlaces.KNOWN
        ? Optional.of(files)
        : Optional.empty();
  }

  /** The files that may hold a row which survives. */
  private static Set<String> keeping(ScanPlan plan, Expression survivors, ScanPlanner planner) {
    Set<String> keeping = new HashSet<>();
    if (survivors.op() != Expression.Operation.FALSE) {
      ScanRequest request = new ScanRequest(plan.snapshotId(), List.of(), survivors);
      planner
          .plan(plan.table(), request)
          .tasks()
          .forEach(task -> keeping.add(task.file().location()));
    }
    return keeping;
  }

  private static CoveredFiles split(
      KernelQuery query, KernelInput.Files placed, Set<String> keeping) {
    List<FileScanTask> covered = new ArrayList<>();
    List<FileScanTask> read = new ArrayList<>();
    long bytes = 0;
    for (FileScanTask task : placed.plan().tasks()) {
      if (keeping.contains(task.file().location()) || hasEqualityDeletes(task)) {
        read.add(task);
        bytes += task.file().fileSizeInBytes();
      } else {
        covered.add(task);
      }
    }
    if (covered.isEmpty()) {
      return none(query);
    }
    ScanPlan plan = placed.plan();
    ScanCounts counts = new ScanCounts(read.size(), bytes, plan.chunksRead(), plan.shardsRead());
    ScanPlan rest =
        new ScanPlan(plan.table(), plan.snapshotId(), plan.schema(), read, counts, plan.totals());
    return new CoveredFiles(
        covered,
        new KernelQuery(
            query.sql(),
            List.of(new KernelInput.Files(placed.name(), rest, placed.places())),
            query.timeZone(),
            query.mayRetryOnFlink()));
  }

  /** Which rows are deleted already, and so how many go, only a reader of the file can tell. */
  private static boolean hasEqualityDeletes(FileScanTask task) {
    return task.deletes().stream()
        .anyMatch(delete -> delete.content() == FileContent.EQUALITY_DELETES);
  }

  /** What decides over the rows of {@code rows}. */
  private record Condition(RexNode node, RelNode rows, boolean always) {}

  /** Empty if more than one condition on the bare table decides. */
  private static Optional<Condition> condition(RelNode tree) {
    RelNode node = tree;
    while (node instanceof Project project) {
      node = project.getInput();
    }
    if (node instanceof TableScan) {
      return Optional.of(new Condition(null, node, true));
    }
    return node instanceof Filter filter && filter.getInput() instanceof TableScan scan
        ? Optional.of(new Condition(filter.getCondition(), scan, false))
        : Optional.empty();
  }

  private static ScanColumn column(RelNode rows, int column, Scan scan) {
    String name = rows.getRowType().getFieldNames().get(column);
    Types.NestedField field = scan.relation().schema().findField(name);
    return new ScanColumn(scan, name, field.type());
  }
}
