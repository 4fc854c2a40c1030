package io.orochi.connectors.file.reader;

import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.file.FileSourceConfig;
import io.orochi.connectors.file.enumerator.SplitFinished;
import io.orochi.connectors.file.split.FileSplit;
import io.orochi.connectors.file.split.FileSplitState;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

/** Reads one file at a time and asks for the next when it is done. */
public final class FileSourceReader
    extends SingleThreadMultiplexSourceReaderBase<
        SourceElement, SourceElement, FileSplit, FileSplitState> {
  public FileSourceReader(FileSourceConfig config, SourceReaderContext context) {
    super(
        () ->
            new FileSplitReader(
                config, context.metricGroup().getIOMetricGroup().getNumBytesInCounter()::inc),
        new FileRecordEmitter(),
        context.getConfiguration(),
        context);
  }

  @Override
  public void start() {
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      context.sendSplitRequest();
    }
  }

  @Override
  protected void onSplitFinished(Map<String, FileSplitState> finished) {
    finished.forEach(
        (id, state) ->
            context.sendSourceEventToCoordinator(new SplitFinished(id, state.toSplit().ordinal())));
    context.sendSplitRequest();
  }

  @Override
  protected FileSplitState initializedState(FileSplit split) {
    return new FileSplitState(split);
  }

  @Override
  protected FileSplit toSplitType(String splitId, FileSplitState state) {
    return state.toSplit();
  }
}
