package io.orochi.stream.ingest.operator;

import io.orochi.catalog.flink.sink.TableSink;
import io.orochi.catalog.flink.sink.state.CommitPart;
import io.orochi.catalog.flink.sink.state.CommitPartSerializer;
import io.orochi.connectors.element.RejectedRecord;
import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.element.SplitPosition;
import io.orochi.connectors.file.split.FileKey;
import io.orochi.connectors.file.split.FileLedger;
import io.orochi.table.error.OrochiErrorCode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.util.OutputTag;

/**
 * Makes rows of the dead-letter table out of rejected records and, before each barrier, tells how
 * far every split was rejected. Has no state, as {@link PositionOperator}.
 *
 * <p>A process that died after dead letters were published and before the rows of the same
 * checkpoint leaves the dead-letter table ahead. A new job begins at the position of the rows,
 * meets the same records again and leaves them out here.
 */
public final class DeadLetterOperator extends AbstractStreamOperator<RowData>
    implements OneInputStreamOperator<SourceElement, RowData>, BoundedOneInput {
  /** Parts with positions, for the committer. */
  public static final OutputTag<byte[]> POSITIONS =
      new OutputTag<>("dead-letter-positions", TableSink.PART_TYPE);

  private static final long serialVersionUID = 1L;

  /** The code that all of today's rejections have. */
  private static final String CODE = "OROCHI-" + OrochiErrorCode.INPUT_ROW_INVALID.number();

  private final String pipeline;
  private final Map<String, String> publishedPositions;

  private transient FileLedger published;
  private transient Map<String, Long> publishedOrdinals;
  private transient Map<String, Long> seen;

  /**
   * @param publishedPositions those of the dead-letter table when the job was built
   */
  public DeadLetterOperator(String pipeline, Map<String, String> publishedPositions) {
    this.pipeline = pipeline;
    this.publishedPositions = new HashMap<>(publishedPositions);
  }

  @Override
  public void open() throws Exception {
    super.open();
    published = new FileLedger(publishedPositions);
    publishedOrdinals = new HashMap<>();
    seen = new HashMap<>();
  }

  @Override
  public void processElement(StreamRecord<SourceElement> record) throws IOException {
    SourceElement element = record.getValue();
    if (element instanceof SourceElement.Rejected rejected
        && rejected.ordinal() > publishedOrdinal(rejected.split())) {
      seen.put(rejected.split(), rejected.ordinal());
      output.collect(new StreamRecord<>(row(rejected.rejected())));
    }
  }

  private long publishedOrdinal(String split) throws IOException {
    Long known = publishedOrdinals.get(split);
    if (known == null) {
      Optional<FileKey> file = FileKey.parse(split);
      known = file.isPresent() ? published.recordsRead(file.get()) : 0L;
      publishedOrdinals.put(split, known);
    }
    return known;
  }

  private RowData row(RejectedRecord rejected) {
    return GenericRowData.of(
        TimestampData.fromEpochMillis(getProcessingTimeService().getCurrentProcessingTime()),
        StringData.fromString(pipeline),
        StringData.fromString(rejected.file()),
        rejected.line(),
        rejected.column().isEmpty() ? null : StringData.fromString(rejected.column()),
        StringData.fromString(CODE),
        StringData.fromString(rejected.reason()),
        StringData.fromString(rejected.raw()));
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
    seen.forEach((split, at) -> positions.put(split, new SplitPosition(at, false).text()));
    seen.clear();
    output.collect(
        POSITIONS,
        new StreamRecord<>(
            SimpleVersionedSerialization.writeVersionAndSerialize(
                CommitPartSerializer.INSTANCE,
                CommitPart.ofPositions(positions, CommitPart.Destination.COMPANION))));
  }
}
