package io.orochi.catalog.flink.sink.change;

import io.orochi.catalog.flink.sink.publish.SinkFailures;
import io.orochi.catalog.flink.sink.publish.TaskKeys;
import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableChange;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.TableLoader;

/**
 * Gathers all rows of a DELETE or UPDATE and commits once, when its input ends. A task that is run
 * again after it has committed finds its commit by its name. Runs once, without parallelism,
 * because a data file may have one deletion vector only.
 */
public final class RowChangeOperator extends AbstractStreamOperator<byte[]>
    implements OneInputStreamOperator<RowData, byte[]>, BoundedOneInput {
  private static final long serialVersionUID = 1L;
  private static final long ONLY_SEQUENCE = 1;

  private final TableLoader tableLoader;
  private final RowChange change;
  private final RowWriter.Factory writers;
  private final String counter;
  private transient Table table;
  private transient TaskKeys keys;
  private transient ChangedRows rows;

  /**
   * @param counter the accumulator of the changed rows
   */
  public RowChangeOperator(
      TableLoader tableLoader, RowChange change, RowWriter.Factory writers, String counter) {
    this.tableLoader = tableLoader.clone();
    this.change = change;
    this.writers = writers;
    this.counter = counter;
  }

  @Override
  public void open() throws Exception {
    super.open();
    tableLoader.open();
    table = tableLoader.loadTable();
    keys =
        new TaskKeys(
            getContainingTask().getEnvironment().getTaskManagerInfo().getConfiguration(),
            change.folders());
    rows = told(() -> new ChangedRows(table, change, writers));
  }

  @Override
  public void processElement(StreamRecord<RowData> element) {
    told(
        () -> {
          rows.add(element.getValue());
          return null;
        });
  }

  @Override
  public void endInput() {
    TableChange computed = told(() -> rows.finish(keys));
    if (!computed.files().isEmpty()) {
      CommitOutcome outcome =
          told(
              () ->
                  new TableCommitter(table, Clock.systemUTC())
                      .publish(
                          new SourcePosition(change.writer(), ONLY_SEQUENCE, Map.of()), computed));
      settle(outcome, computed);
    }
    getRuntimeContext().getLongCounter(counter).add(rows.count());
  }

  private void settle(CommitOutcome outcome, TableChange computed) {
    if (outcome instanceof CommitOutcome.Conflicted conflicted) {
      Set<String> written = new HashSet<>();
      computed.files().addedData().forEach(file -> written.add(file.location()));
      computed.files().addedDeletes().forEach(file -> written.add(file.location()));
      written.forEach(location -> table.io().deleteFile(location));
      throw new SuppressRestartsException(
          OrochiException.of(OrochiErrorCode.COMMIT_CONFLICT, "Cannot commit to " + table.name())
              .withDetail("Others changed the same rows: " + conflicted.reason())
              .withHint("Run the statement again."));
    }
    if (outcome instanceof CommitOutcome.Unknown unknown) {
      throw OrochiException.of(
              OrochiErrorCode.COMMIT_STATE_UNKNOWN,
              "Cannot tell whether the commit to %s happened".formatted(table.name()))
          .withDetail(unknown.reason())
          .withHint("Look at the table before you run the statement again.");
    }
  }

  private interface Step<T> {
    T run();
  }

  private <T> T told(Step<T> step) {
    try {
      return step.run();
    } catch (RuntimeException failure) {
      throw SinkFailures.of("Cannot change rows of " + table.name(), failure);
    }
  }

  @Override
  public void close() throws Exception {
    super.close();
    if (rows != null) {
      rows.close();
    }
    if (keys != null) {
      keys.close();
    }
    tableLoader.close();
  }
}
