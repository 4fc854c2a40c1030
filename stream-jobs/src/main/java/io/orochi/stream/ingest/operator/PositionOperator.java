package io.orochi.stream.ingest.operator;

import io.orochi.catalog.flink.sink.TableSink;
import io.orochi.catalog.flink.sink.state.CommitPart;
import io.orochi.catalog.flink.sink.state.CommitPartSerializer;
import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.element.SourceElementTypeInfo;
import io.orochi.connectors.element.SplitPosition;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.OutputTag;

/**
 * Takes the rows out of a source's elements and, before each barrier, tells the committer how far
 * every split was read. Rows travel on without their position: what was emitted before the barrier
 * reaches the committer's checkpoint together with the position told here.
 *
 * <p>It has no state. After a failure the source goes back to its own state, and splits that do not
 * move keep the position they have in the table.
 */
public final class PositionOperator extends AbstractStreamOperator<RowData>
    implements OneInputStreamOperator<SourceElement, RowData>, BoundedOneInput {
  /** Parts with positions, for the committer. */
  public static final OutputTag<byte[]> POSITIONS =
      new OutputTag<>("positions", TableSink.PART_TYPE);

  /** The number of rejected records of an attempt, as a job's accumulator. */
  public static final String REJECTED = "orochi-rejected";

  private static final long serialVersionUID = 1L;

  private final OutputTag<SourceElement> rejections;
  private transient Map<String, Seen> seen;
  private transient Seen last;
  private transient StreamRecord<RowData> reuse;
  private transient LongCounter rejected;

  /**
   * @param elements the type of the elements; those that are no rows go to {@link #rejections}
   */
  public PositionOperator(SourceElementTypeInfo elements) {
    this.rejections = rejections(elements);
  }

  /** Rejected elements, in the source's order. */
  public static OutputTag<SourceElement> rejections(SourceElementTypeInfo elements) {
    return new OutputTag<>("rejections", elements);
  }

  @Override
  public void open() throws Exception {
    super.open();
    seen = new HashMap<>();
    reuse = new StreamRecord<>(null);
    rejected = getRuntimeContext().getLongCounter(REJECTED);
  }

  @Override
  public void processElement(StreamRecord<SourceElement> record) {
    SourceElement element = record.getValue();
    if (last == null || !last.split.equals(element.split())) {
      last = seen.computeIfAbsent(element.split(), Seen::new);
    }
    last.ordinal = element.ordinal();
    last.ended = element.ends();
    if (element instanceof SourceElement.Row row) {
      output.collect(reuse.replace(row.row()));
    } else if (element instanceof SourceElement.Rejected) {
      rejected.add(1);
      output.collect(rejections, new StreamRecord<>(element));
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    tell();
  }

  @Override
  public void endInput() throws Exception {
    tell();
  }

  private void tell() throws IOException {
    if (seen.isEmpty()) {
      return;
    }
    Map<String, String> positions = new HashMap<>();
    seen.forEach(
        (split, at) -> positions.put(split, new SplitPosition(at.ordinal, at.ended).text()));
    seen.clear();
    last = null;
    output.collect(
        POSITIONS,
        new StreamRecord<>(
            SimpleVersionedSerialization.writeVersionAndSerialize(
                CommitPartSerializer.INSTANCE,
                CommitPart.ofPositions(positions, CommitPart.Destination.TABLE))));
  }

  /** How far one split has been read since the last barrier. */
  private static final class Seen {
    private final String split;
    private long ordinal;
    private boolean ended;

    Seen(String split) {
      this.split = split;
    }
  }
}
