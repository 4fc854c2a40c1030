package io.orochi.catalog.flink.sink;

import io.orochi.catalog.flink.sink.publish.CompanionTable;
import io.orochi.catalog.flink.sink.publish.TablePublisher;
import io.orochi.catalog.flink.sink.publish.TaskKeys;
import io.orochi.catalog.flink.sink.state.CommitPart;
import io.orochi.catalog.flink.sink.state.CommitPartSerializer;
import io.orochi.catalog.flink.sink.state.CommitterState;
import io.orochi.catalog.flink.sink.state.CommitterStateSerializer;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.fault.Fault;
import java.io.IOException;
import java.util.ArrayList;
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
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.TableLoader;

/**
 * Commits each checkpoint's parts after the checkpoint is complete, in order, one commit per
 * checkpoint. Runs once, without parallelism.
 *
 * <p>Parts of two checkpoints are never merged into one commit: the older may already be in the
 * table under its own sequence, and only under that can it be found.
 *
 * <p>A companion is published before the table, under the same sequence, and says in its own
 * positions how far it has got. A process that dies between the two leaves the companion ahead;
 * whoever then reads on from the table's position leaves out what the companion holds already. The
 * other order could lose rows of the companion for good.
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
  private final CompanionTable companion;
  private final String newJobToken = UUID.randomUUID().toString();

  private transient Table table;
  private transient TablePublisher publisher;
  private transient TaskKeys keys;
  private transient CompanionTable.Opened beside;
  private transient TablePublisher besidePublisher;
  private transient ListState<byte[]> state;
  private transient long baseSequence;
  private transient String jobToken;
  private transient NavigableMap<Long, List<CommitPart>> pending;
  private transient List<CommitPart> current;

  /**
   * @param companion null if there is none
   */
  TableCommitterOperator(
      TableLoader tableLoader,
      TableSinkConfig sinkConfig,
      CommitterFactory committers,
      CompanionTable companion) {
    this.tableLoader = tableLoader.clone();
    this.sinkConfig = sinkConfig;
    this.committers = committers;
    this.companion = companion;
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
    long sequenceInTable = sequence(TableCommitter.lastPosition(table, sinkConfig.writer()));
    keys =
        new TaskKeys(
            getContainingTask().getEnvironment().getTaskManagerInfo().getConfiguration(),
            sinkConfig.folders().isEmpty() ? TaskKeys.folderOf(table) : sinkConfig.folders());
    publisher = new TablePublisher(table, committers.create(table), sinkConfig.writer(), keys);
    long newestSequence =
        Math.max(
            sequenceInTable, sequence(openCompanion(Absent.LEAVE).flatMap(TablePublisher::newest)));
    baseSequence = sinkConfig.kind() == TableSinkConfig.Kind.PIPELINE ? newestSequence : 0;
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

  private static long sequence(Optional<SourcePosition> newest) {
    return newest.map(SourcePosition::sequence).orElse(0L);
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
    Map<String, String> marks = Map.of();
    if (sinkConfig.kind() == TableSinkConfig.Kind.PIPELINE) {
      refuseSecondJob();
      marks = Map.of(JOB, jobToken);
    }
    List<CommitPart> beside = partsFor(CommitPart.Destination.COMPANION, parts);
    if (!beside.isEmpty()) {
      openCompanion(Absent.CREATE).orElseThrow().publish(sequence, beside, Map.of());
    }
    long rows = publisher.publish(sequence, partsFor(CommitPart.Destination.TABLE, parts), marks);
    getRuntimeContext().getLongCounter(OrochiTableSink.ROWS_ACCUMULATOR).add(rows);
  }

  private static List<CommitPart> partsFor(
      CommitPart.Destination destination, List<CommitPart> parts) {
    return parts.stream().filter(part -> part.destination() == destination).toList();
  }

  /** Two jobs of one pipeline would take turns in publishing what the other has read as well. */
  private void refuseSecondJob() {
    Optional<SourcePosition> newest = publisher.newest();
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

  private enum Absent {
    CREATE,
    LEAVE
  }

  private Optional<TablePublisher> openCompanion(Absent absent) {
    if (besidePublisher == null && companion != null) {
      beside = absent == Absent.CREATE ? companion.openOrCreate() : companion.find().orElse(null);
      if (beside != null) {
        besidePublisher =
            new TablePublisher(
                beside.table(), committers.create(beside.table()), sinkConfig.writer(), keys);
      }
    }
    return Optional.ofNullable(besidePublisher);
  }

  @Override
  public void close() throws Exception {
    super.close();
    if (beside != null) {
      beside.close();
      beside = null;
      besidePublisher = null;
    }
    if (keys != null) {
      keys.close();
    }
    tableLoader.close();
  }
}
