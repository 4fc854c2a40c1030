package io.orochi.catalog.flink.rewrite;

import io.orochi.catalog.flink.sink.StatementRows;
import io.orochi.catalog.iceberg.NotedTable;
import io.orochi.table.commit.ChangeBasis;
import io.orochi.table.commit.ChangeKind;
import io.orochi.table.commit.ChangedFiles;
import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.Isolation;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableChange;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.digest.DigestingFileIO;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.BaseCombinedScanTask;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.flink.source.DataIterator;
import org.apache.iceberg.flink.source.RowDataFileScanTaskReader;

/**
 * Makes the files of a table lie as its partition spec says.
 *
 * <p>The spec is changed first, in a commit of its own; from then on new rows lie right and old
 * ones are still found, because every file knows the spec it was written by. Then the old files are
 * rewritten in steps: read with their deletes resolved, written by the new spec, exchanged in one
 * commit. What is left to do is read from the table itself, so a rewrite that was killed goes on
 * where it stopped when it is called again: the files of an unfinished step are referenced by
 * nothing, and those of a finished one lie right.
 *
 * <p>A writer that deletes rows of a step meanwhile makes its exchange fail; the step is then
 * planned and done again.
 */
public final class LayoutRewrite {
  private static final long STEP_BYTES = 512L << 20;
  private static final int ATTEMPTS = 5;

  private final Table table;
  private final Clock clock;
  private final RewritePlanner planner = new RewritePlanner(STEP_BYTES);

  public LayoutRewrite(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** What is left to do. */
  public List<RewriteStep> plan() {
    table.refresh();
    return planner.plan(table);
  }

  /**
   * Rewrites until every file lies right.
   *
   * @return the steps that were done
   * @throws OrochiException COMMIT_CONFLICT if others changed the same files again and again; what
   *     was done stays done, and a new call goes on
   */
  public List<RewriteStep> run() {
    List<RewriteStep> done = new ArrayList<>();
    int refused = 0;
    for (List<RewriteStep> steps = plan(); !steps.isEmpty(); steps = plan()) {
      long read = table.currentSnapshot().snapshotId();
      for (RewriteStep step : steps) {
        Fault.at("layout.before-step");
        if (exchange(step, read)) {
          done.add(step);
        } else if (++refused == ATTEMPTS) {
          throw conflict();
        } else {
          break;
        }
      }
    }
    return done;
  }

  /**
   * @param snapshotId the one the step was planned from; what came since may have deleted its rows
   */
  private boolean exchange(RewriteStep step, long snapshotId) {
    try (NotedTable noted = NotedTable.of(table)) {
      return exchange(step, snapshotId, noted);
    }
  }

  private boolean exchange(RewriteStep step, long snapshotId, NotedTable noted) {
    DigestingFileIO io = new DigestingFileIO(table.io());
    List<DataFile> written = write(step, noted.table(), io);
    TableChange change =
        new TableChange(
            ChangeKind.REWRITE,
            new ChangeBasis(snapshotId, Isolation.SNAPSHOT, Expressions.alwaysTrue()),
            new ChangedFiles(
                written,
                List.of(),
                step.tasks().stream().map(FileScanTask::file).toList(),
                List.of(),
                io.drainDigests()));
    CommitOutcome outcome =
        new TableCommitter(noted.table(), clock)
            .publish(new SourcePosition("layout-" + UUID.randomUUID(), 1, Map.of()), change);
    if (outcome instanceof CommitOutcome.Unknown unknown) {
      throw OrochiException.of(
              OrochiErrorCode.COMMIT_STATE_UNKNOWN,
              "Cannot tell whether files of " + table.name() + " were exchanged")
          .withDetail(unknown.reason())
          .withHint("Call the procedure again: it goes on with what is left.");
    }
    if (outcome.filesMayBeDeleted()) {
      CatalogUtil.deleteFiles(
          table.io(), written.stream().map(DataFile::location).toList(), "rewritten");
      noted.notes().settled();
      return false;
    }
    noted.notes().settled();
    table.refresh();
    return true;
  }

  private List<DataFile> write(RewriteStep step, Table target, DigestingFileIO io) {
    try (StatementRows rows = new StatementRows(target, io);
        DataIterator<RowData> old = read(step)) {
      while (old.hasNext()) {
        rows.write(old.next());
      }
      return rows.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot rewrite files of " + table.name(), e);
    }
  }

  private DataIterator<RowData> read(RewriteStep step) {
    RowDataFileScanTaskReader reader =
        new RowDataFileScanTaskReader(
            table.schema(),
            table.schema(),
            table.properties().get(TableProperties.DEFAULT_NAME_MAPPING),
            true,
            List.of());
    return new DataIterator<>(
        reader, new BaseCombinedScanTask(step.tasks()), table.io(), table.encryption());
  }

  private OrochiException conflict() {
    return OrochiException.of(
            OrochiErrorCode.COMMIT_CONFLICT, "Cannot finish moving rows of " + table.name())
        .withDetail("Others changed the same files " + ATTEMPTS + " times.")
        .withHint("Call the procedure again when they are done: it goes on with what is left.");
  }
}
