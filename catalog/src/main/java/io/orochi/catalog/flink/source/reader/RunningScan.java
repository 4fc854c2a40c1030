package io.orochi.catalog.flink.source.reader;

import io.orochi.catalog.flink.source.kernel.KernelUse;
import io.orochi.catalog.flink.source.scan.KernelScan;
import io.orochi.catalog.flink.source.scan.ReadRows;
import io.orochi.catalog.flink.source.split.KernelSplit;
import io.orochi.catalog.flink.source.vector.Columns;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.KernelResult;
import io.orochi.table.kernel.KernelSession;
import io.orochi.table.kernel.changelog.ChangelogPlanner;
import io.orochi.table.kernel.changelog.ChangelogView;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.ScanPlanner;
import io.orochi.table.kernel.sql.SqlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.iceberg.FileScanTask;

/** The kernel's query over one split. One thread, except {@link #cancel}. */
final class RunningScan implements AutoCloseable {
  private static final int BATCH_ROWS = 8 * 2048;

  private final KernelSplit split;
  private final KernelScan scan;
  private final KernelUse kernel;
  private final KernelSession session;
  private KernelResult result;
  private ArrowReader reader;

  RunningScan(KernelSplit split, KernelScan scan, KernelUse kernel) {
    this.split = split;
    this.scan = scan;
    this.kernel = kernel;
    this.session = kernel.kernel().openSession();
  }

  String splitId() {
    return split.splitId();
  }

  /**
   * Checks the files and starts the query.
   *
   * @throws OrochiException as {@link KernelSession#register} and {@link KernelSession#query} do
   */
  void start(ScanPlanner planner) {
    if (!scan.timeZone().normalized().equals(ZoneOffset.UTC)) {
      session.setTimeZone(scan.timeZone());
    }
    result = session.query(scan.query().sql(relation(planner)), List.of());
    reader = result.arrow(kernel.allocator(), BATCH_ROWS);
  }

  private String relation(ScanPlanner planner) {
    return switch (scan.reading()) {
      case ROWS -> session.register(files(planner.plan(scan.table(), scan.request())));
      case PLACED_ROWS -> placed(files(planner.plan(scan.table(), scan.request())));
      case CHANGES ->
          ChangelogView.register(
              session,
              new ChangelogPlanner(planner)
                  .plan(scan.table(), scan.snapshotId(), scan.columns(), scan.pruning()));
    };
  }

  /** Another task knows a file by its location only. */
  private String placed(ScanPlan plan) {
    String locations =
        String.join(
            ", ",
            plan.tasks().stream().map(task -> SqlText.literal(task.file().location())).toList());
    return "(SELECT *, [%s][%s + 1] AS %s FROM %s)"
        .formatted(
            locations,
            SqlText.identifier(KernelSession.FILE_COLUMN),
            SqlText.identifier(ReadRows.FILE),
            session.registerWithPositions(plan));
  }

  private ScanPlan files(ScanPlan plan) {
    Set<String> wanted = new HashSet<>(split.files());
    List<FileScanTask> tasks =
        plan.tasks().stream().filter(task -> wanted.contains(task.file().location())).toList();
    if (tasks.size() != wanted.size()) {
      throw OrochiException.of(
              OrochiErrorCode.SNAPSHOT_NOT_FOUND,
              "Cannot read " + scan.table().name() + ": a task plans other files than the job did")
          .withHint("Run the statement again.");
    }
    return new ScanPlan(
        plan.table(), plan.snapshotId(), plan.schema(), tasks, plan.read(), plan.totals());
  }

  /** The next rows, null after the last. */
  KernelBatch next() {
    try {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot batch = reader.getVectorSchemaRoot();
        if (batch.getRowCount() > 0) {
          return new KernelBatch(Columns.copy(batch, scan.produced()), batch.getRowCount());
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void cancel() {
    session.cancel();
  }

  @Override
  public void close() {
    try {
      if (reader != null) {
        reader.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (result != null) {
        result.close();
      }
      session.close();
    }
  }
}
