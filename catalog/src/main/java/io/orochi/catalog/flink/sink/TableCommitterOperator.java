package io.orochi.catalog.flink.sink;

import io.orochi.catalog.flink.sink.state.CommitPart;
import io.orochi.catalog.flink.sink.state.CommitPartSerializer;
import io.orochi.catalog.flink.sink.state.CommitterState;
import io.orochi.catalog.flink.sink.state.CommitterStateSerializer;
import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.CommitRequest;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.digest.Digest;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.fault.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.util.JsonUtil;

/**
 * Commits each checkpoint's parts after the checkpoint is complete, in order, one commit per
 * checkpoint. Runs once, without parallelism.
 *
 * <p>Parts of two checkpoints are never merged into one commit: the older may already be in the
 * table under its own sequence, and only under that can it be found.
 */
final class TableCommitterOperator extends AbstractStreamOperator<byte[]>
    implements OneInputStreamOperator<byte[], byte[]>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  /** The sequence of a statement that commits once, at its end. */
  private static final long END_SEQUENCE = 1;

  /** Beside the positions of splits: which job has published them. */
  private static final String JOB = "orochi.job";

  private final TableLoader tableLoader;
  private final TableSinkConfig sinkConfig;
  private final CommitterFactory committers;
  private final String newJobToken = UUID.randomUUID().toString();

  private transient Table table;
  private transient TableCommitter committer;
  private transient ListState<byte[]> state;
  private transient long baseSequence;
  private transient String jobToken;
  private transient NavigableMap<Long, List<CommitPart>> pending;
  private transient List<CommitPart> current;

  TableCommitterOperator(
      TableLoader tableLoader, TableSinkConfig sinkConfig, CommitterFactory committers) {
    this.tableLoader = tableLoader.clone();
    this.sinkConfig = sinkConfig;
    this.committers = committers;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    tableLoader.open();
    table = tableLoader.loadTable();
    jobToken = newJobToken;
    pending = new TreeMap<>();
    current = new ArrayList<>();
    state =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("committer", TableSink.PART_TYPE));
    long sequenceInTable =
        TableCommitter.lastPosition(table, sinkConfig.writer())
            .map(SourcePosition::sequence)
            .orElse(0L);
    baseSequence = sinkConfig.kind() == TableSinkConfig.Kind.PIPELINE ? sequenceInTable : 0;
    committer = committers.create(table);
    if (context.getRestoredCheckpointId().isPresent()) {
      long checkpoint = context.getRestoredCheckpointId().getAsLong();
      for (byte[] bytes : state.get()) {
        CommitterState restored =
            SimpleVersionedSerialization.readVersionAndDeSerialize(
                CommitterStateSerializer.INSTANCE, bytes);
        baseSequence = restored.baseSequence();
        jobToken = restored.jobToken();
        pending.putAll(restored.pending());
      }
      refuseStaleState(sequenceInTable, checkpoint);
      commitUpTo(checkpoint);
    }
  }

  /** State from before the table's last commit would read and commit rows a second time. */
  private void refuseStaleState(long sequenceInTable, long checkpoint) {
    if (sequenceInTable > baseSequence + checkpoint) {
      throw new SuppressRestartsException(
          OrochiException.of(
                  OrochiErrorCode.PIPELINE_STATE_STALE,
                  "Cannot continue \"%s\" from checkpoint %d: %s holds newer commits of it"
                      .formatted(sinkConfig.writer(), checkpoint, table.name()))
              .withDetail(
                  "The table has sequence %d, the checkpoint is sequence %d."
                      .formatted(sequenceInTable, baseSequence + checkpoint))
              .withHint("Start it without state: it continues from its position in the table."));
    }
  }

  @Override
  public void processElement(StreamRecord<byte[]> element) throws IOException {
    CommitPart part =
        SimpleVersionedSerialization.readVersionAndDeSerialize(
            CommitPartSerializer.INSTANCE, element.getValue());
    if (!part.isEmpty()) {
      current.add(part);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    Fault.at("ingest.before-complete");
    if (!current.isEmpty()) {
      pending.put(context.getCheckpointId(), current);
      current = new ArrayList<>();
    }
    state.update(
        List.of(
            SimpleVersionedSerialization.writeVersionAndSerialize(
                CommitterStateSerializer.INSTANCE,
                new CommitterState(baseSequence, jobToken, pending))));
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    Fault.at("ingest.before-notify");
    commitUpTo(checkpointId);
    Fault.at("ingest.after-notify");
  }

  @Override
  public void endInput() throws Exception {
    if (!current.isEmpty() && !finalCheckpointFollows()) {
      commit(END_SEQUENCE, current);
      current = new ArrayList<>();
    }
  }

  private boolean finalCheckpointFollows() {
    return getContainingTask().getConfiguration().isCheckpointingEnabled()
        && getContainingTask()
            .getJobConfiguration()
            .get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH);
  }

  private void commitUpTo(long checkpointId) {
    while (!pending.isEmpty() && pending.firstKey() <= checkpointId) {
      Map.Entry<Long, List<CommitPart>> oldest = pending.firstEntry();
      commit(baseSequence + oldest.getKey(), oldest.getValue());
      pending.remove(oldest.getKey());
    }
  }

  private void commit(long sequence, List<CommitPart> parts) {
    List<DataFile> files = new ArrayList<>();
    Map<String, Digest> digests = new HashMap<>();
    Map<String, String> positions = new HashMap<>();
    for (CommitPart part : parts) {
      for (String json : part.dataFiles()) {
        files.add(
            (DataFile)
                JsonUtil.parse(json, node -> ContentFileParser.fromJson(node, table.specs())));
      }
      digests.putAll(part.digests());
      positions.putAll(part.positions());
    }
    CommitOutcome outcome;
    try {
      if (sinkConfig.kind() == TableSinkConfig.Kind.PIPELINE) {
        refuseSecondJob();
        positions.put(JOB, jobToken);
      }
      outcome =
          committer.commit(
              new CommitRequest(
                  new SourcePosition(sinkConfig.writer(), sequence, positions),
                  files,
                  List.of(),
                  digests));
    } catch (RuntimeException e) {
      throw SinkFailures.of("Cannot commit to " + table.name(), e);
    }
    settle(outcome, files);
  }

  /** Two jobs of one pipeline would take turns in publishing what the other has read as well. */
  private void refuseSecondJob() {
    Optional<SourcePosition> newest = TableCommitter.lastPosition(table, sinkConfig.writer());
    boolean foreign =
        newest.isPresent()
            && newest.get().sequence() > baseSequence
            && !jobToken.equals(newest.get().splits().get(JOB));
    if (foreign) {
      throw OrochiException.of(
              OrochiErrorCode.PIPELINE_ALREADY_RUNNING,
              "Cannot go on: another job of \"%s\" writes to %s"
                  .formatted(sinkConfig.writer(), table.name()))
          .withHint("Stop one of them, or give each its own --pipeline.");
    }
  }

  private void settle(CommitOutcome outcome, List<DataFile> files) {
    if (outcome instanceof CommitOutcome.Committed committed) {
      getRuntimeContext()
          .getLongCounter(OrochiTableSink.ROWS_ACCUMULATOR)
          .add(files.stream().mapToLong(DataFile::recordCount).sum());
      LOG.info("Committed {} files to {}: {}", files.size(), table.name(), committed);
    } else if (outcome instanceof CommitOutcome.Conflicted conflicted) {
      files.forEach(file -> table.io().deleteFile(file.location()));
      throw new SuppressRestartsException(
          OrochiException.of(OrochiErrorCode.COMMIT_CONFLICT, "Cannot commit to " + table.name())
              .withDetail(conflicted.reason())
              .withHint("Run it again; it continues from its position in the table."));
    } else if (outcome instanceof CommitOutcome.Unknown unknown) {
      throw OrochiException.of(
              OrochiErrorCode.COMMIT_STATE_UNKNOWN,
              "Cannot tell whether the commit to %s happened".formatted(table.name()))
          .withDetail(unknown.reason())
          .withHint("The job looks for it in the table when it restarts.");
    }
  }

  @Override
  public void close() throws Exception {
    super.close();
    tableLoader.close();
  }
}
