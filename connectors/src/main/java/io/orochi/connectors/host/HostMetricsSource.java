package io.orochi.connectors.host;

import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.element.SourceElementTypeInfo;
import io.orochi.connectors.element.SplitPosition;
import io.orochi.connectors.generator.FixedSplitEnumerator;
import io.orochi.connectors.generator.GeneratorSplit;
import io.orochi.connectors.generator.GeneratorSplitSerializer;
import io.orochi.connectors.generator.WaitingSplits;
import io.orochi.connectors.generator.WaitingSplitsSerializer;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Samples the host it runs on, for ever. What happens while it does not run cannot be read later:
 * after a failure the samples since the last checkpoint are missing, none is there twice.
 */
public final class HostMetricsSource
    implements Source<SourceElement, GeneratorSplit, WaitingSplits>,
        ResultTypeQueryable<SourceElement> {
  public static final int SAMPLES_PER_SECOND_DEFAULT = 10;
  private static final long serialVersionUID = 1L;
  private static final String SPLIT = "host-metrics";

  private final int samplesPerSecond;
  private final Map<String, String> positions;

  /**
   * @param samplesPerSecond 1 to 1000
   * @param positions of earlier runs, by split id
   */
  public HostMetricsSource(int samplesPerSecond, Map<String, String> positions) {
    if (samplesPerSecond < 1 || samplesPerSecond > 1000) {
      throw new IllegalArgumentException(samplesPerSecond + " samples per second");
    }
    this.samplesPerSecond = samplesPerSecond;
    this.positions = Map.copyOf(positions);
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<GeneratorSplit, WaitingSplits> createEnumerator(
      SplitEnumeratorContext<GeneratorSplit> context) {
    SplitPosition position =
        SplitPosition.parse(positions.getOrDefault(SPLIT, SplitPosition.START.text()));
    return restoreEnumerator(
        context, new WaitingSplits(List.of(new GeneratorSplit(SPLIT, position.ordinal()))));
  }

  @Override
  public SplitEnumerator<GeneratorSplit, WaitingSplits> restoreEnumerator(
      SplitEnumeratorContext<GeneratorSplit> context, WaitingSplits waiting) {
    return new FixedSplitEnumerator(context, List.of(SPLIT), waiting);
  }

  @Override
  public SourceReader<SourceElement, GeneratorSplit> createReader(SourceReaderContext context) {
    return new HostMetricsReader(samplesPerSecond);
  }

  @Override
  public SimpleVersionedSerializer<GeneratorSplit> getSplitSerializer() {
    return new GeneratorSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<WaitingSplits> getEnumeratorCheckpointSerializer() {
    return new WaitingSplitsSerializer();
  }

  @Override
  public TypeInformation<SourceElement> getProducedType() {
    return new SourceElementTypeInfo(HostRows.rowType());
  }
}
