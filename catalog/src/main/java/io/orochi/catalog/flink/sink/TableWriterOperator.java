package io.orochi.catalog.flink.sink;

import io.orochi.catalog.flink.sink.constraint.RowConstraints;
import io.orochi.catalog.flink.sink.publish.SinkFailures;
import io.orochi.catalog.flink.sink.state.CommitPart;
import io.orochi.catalog.flink.sink.state.CommitPartSerializer;
import io.orochi.table.digest.Digest;
import io.orochi.table.digest.DigestingFileIO;
import io.orochi.table.fault.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.WriteResult;

/**
 * Writes rows to files and, before each checkpoint barrier, closes them and sends them to the
 * committer. It has no state: rows since the last barrier are read again after a failure, and files
 * not yet sent are deleted. The CHECKs that rows have to keep are those of the table when the first
 * row after a barrier came.
 */
final class TableWriterOperator extends AbstractStreamOperator<byte[]>
    implements OneInputStreamOperator<RowData, byte[]>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private final WriterTarget target;
  private transient ShardWriterFactory factory;
  private transient RowConstraints constraints;
  private transient DigestingFileIO io;
  private transient OutputFileFactory files;
  private transient ShardWriter writer;
  private transient boolean checkpointed;

  TableWriterOperator(WriterTarget target) {
    this.target = target;
  }

  private void openTarget() {
    factory = target.open();
    constraints = new RowConstraints(factory.table(), factory.rowType());
    io = new DigestingFileIO(factory.table().io());
    files =
        factory.files(
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
            getRuntimeContext().getTaskInfo().getAttemptNumber(),
            io);
  }

  @Override
  public void processElement(StreamRecord<RowData> element) {
    if (factory == null) {
      openTarget();
    }
    RowData row = element.getValue();
    try {
      if (checkpointed) {
        target.newest().ifPresent(constraints::follow);
        checkpointed = false;
      }
      constraints.check(row);
      if (writer == null) {
        writer = factory.create(files, io);
      }
      writer.write(row);
    } catch (IOException | RuntimeException e) {
      throw SinkFailures.of("Cannot write to " + factory.table().name(), e);
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    Fault.at("ingest.before-barrier");
    flush();
    checkpointed = true;
  }

  @Override
  public void endInput() throws Exception {
    flush();
  }

  private void flush() throws IOException {
    if (writer == null) {
      return;
    }
    WriteResult result;
    try {
      result = writer.complete();
    } catch (IOException | RuntimeException e) {
      throw SinkFailures.of("Cannot write to " + factory.table().name(), e);
    }
    writer = null;
    Map<String, Digest> digests = io.drainDigests();
    List<String> json = new ArrayList<>();
    Map<String, Digest> digestsOfFiles = new HashMap<>();
    for (DataFile file : result.dataFiles()) {
      json.add(ContentFileParser.toJson(file, factory.table().specs().get(file.specId())));
      Digest digest = digests.get(file.location());
      if (digest != null) {
        digestsOfFiles.put(file.location(), digest);
      }
    }
    CommitPart part = CommitPart.ofFiles(json, digestsOfFiles, target.destination());
    output.collect(
        new StreamRecord<>(
            SimpleVersionedSerialization.writeVersionAndSerialize(
                CommitPartSerializer.INSTANCE, part)));
  }

  @Override
  public void close() throws Exception {
    super.close();
    if (writer != null) {
      writer.abort();
      writer = null;
    }
    target.close();
  }
}
