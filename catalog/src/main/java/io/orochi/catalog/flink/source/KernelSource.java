package io.orochi.catalog.flink.source;

import io.orochi.catalog.flink.source.kernel.SharedKernels;
import io.orochi.catalog.flink.source.reader.KernelSourceReader;
import io.orochi.catalog.flink.source.scan.KernelScan;
import io.orochi.catalog.flink.source.scan.KernelScan.Reading;
import io.orochi.catalog.flink.source.split.EnumeratorState;
import io.orochi.catalog.flink.source.split.EnumeratorStateSerializer;
import io.orochi.catalog.flink.source.split.KernelEnumerator;
import io.orochi.catalog.flink.source.split.KernelSplit;
import io.orochi.catalog.flink.source.split.KernelSplitSerializer;
import io.orochi.catalog.flink.source.split.SplitPlanner;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.DynamicParallelismInference;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/** A bounded source of one scan. Needs nothing but the storage of the table where it runs. */
final class KernelSource
    implements Source<RowData, KernelSplit, EnumeratorState>, DynamicParallelismInference {
  private static final long serialVersionUID = 1L;

  private final KernelScan scan;

  KernelSource(KernelScan scan) {
    this.scan = scan;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<KernelSplit, EnumeratorState> createEnumerator(
      SplitEnumeratorContext<KernelSplit> context) {
    int tasks = context.currentParallelism();
    return new KernelEnumerator(context, () -> splits(tasks));
  }

  @Override
  public SplitEnumerator<KernelSplit, EnumeratorState> restoreEnumerator(
      SplitEnumeratorContext<KernelSplit> context, EnumeratorState state) {
    return KernelEnumerator.restored(context, state);
  }

  @Override
  public SourceReader<RowData, KernelSplit> createReader(SourceReaderContext context) {
    return KernelSourceReader.create(scan, context);
  }

  @Override
  public SimpleVersionedSerializer<KernelSplit> getSplitSerializer() {
    return KernelSplitSerializer.INSTANCE;
  }

  @Override
  public SimpleVersionedSerializer<EnumeratorState> getEnumeratorCheckpointSerializer() {
    return EnumeratorStateSerializer.INSTANCE;
  }

  /** No more tasks than groups of files. */
  @Override
  public int inferParallelism(Context context) {
    int most = context.getParallelismInferenceUpperBound();
    return Math.max(1, Math.min(most, splits(most).size()));
  }

  private List<KernelSplit> splits(int tasks) {
    if (scan.reading() == Reading.CHANGES) {
      return List.of(new KernelSplit("changes", List.of(), 0));
    }
    return SplitPlanner.plan(
        SharedKernels.planner().plan(scan.table(), scan.request()).tasks(), tasks);
  }
}
