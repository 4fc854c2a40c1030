package io.orochi.catalog.flink.source.reader;

import io.orochi.catalog.flink.source.kernel.SharedKernels;
import io.orochi.catalog.flink.source.scan.KernelScan;
import io.orochi.catalog.flink.source.split.KernelSplit;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.table.data.RowData;

/**
 * Asks for a split, reads it through the kernel of its process and asks for the next. The kernel
 * works on a thread of its own, a few batches ahead of the task.
 */
public final class KernelSourceReader
    extends SingleThreadMultiplexSourceReaderBase<
        KernelBatch, RowData, KernelSplit, KernelSplitState> {
  private final KernelSplitReader splits;

  public static KernelSourceReader create(KernelScan scan, SourceReaderContext context) {
    Configuration taskManager = context.getConfiguration();
    KernelSplitReader splits =
        new KernelSplitReader(scan, () -> SharedKernels.use(taskManager, scan.folders()));
    return new KernelSourceReader(splits, context);
  }

  private KernelSourceReader(KernelSplitReader splits, SourceReaderContext context) {
    super(() -> splits, new BatchEmitter(), context.getConfiguration(), context);
    this.splits = splits;
  }

  @Override
  public void start() {
    if (getNumberOfCurrentlyAssignedSplits() == 0) {
      context.sendSplitRequest();
    }
  }

  @Override
  protected void onSplitFinished(Map<String, KernelSplitState> finished) {
    context.sendSplitRequest();
  }

  @Override
  protected KernelSplitState initializedState(KernelSplit split) {
    return new KernelSplitState(split);
  }

  @Override
  protected KernelSplit toSplitType(String splitId, KernelSplitState state) {
    return state.whole();
  }

  /** Ends the kernel's work before the fetcher is waited for. */
  @Override
  public void close() throws Exception {
    splits.cancel();
    super.close();
  }

  private static final class BatchEmitter
      implements RecordEmitter<KernelBatch, RowData, KernelSplitState> {
    @Override
    public void emitRecord(
        KernelBatch batch, SourceOutput<RowData> output, KernelSplitState state) {
      state.begin();
      batch.emit(output);
    }
  }
}
