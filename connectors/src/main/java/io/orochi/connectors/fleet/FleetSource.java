package io.orochi.connectors.fleet;

import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.element.SourceElementTypeInfo;
import io.orochi.connectors.element.SplitPosition;
import io.orochi.connectors.generator.FixedSplitEnumerator;
import io.orochi.connectors.generator.GeneratorSplit;
import io.orochi.connectors.generator.GeneratorSplitSerializer;
import io.orochi.connectors.generator.WaitingSplits;
import io.orochi.connectors.generator.WaitingSplitsSerializer;
import java.time.Clock;
import java.util.ArrayList;
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

/** Emits a simulated fleet; the same configuration always emits the same rows. */
public final class FleetSource
    implements Source<SourceElement, GeneratorSplit, WaitingSplits>,
        ResultTypeQueryable<SourceElement> {
  private static final long serialVersionUID = 1L;

  private final FleetConfig config;
  private final Map<String, String> positions;

  /**
   * @param positions of earlier runs, by split id
   */
  public FleetSource(FleetConfig config, Map<String, String> positions) {
    this.config = config;
    this.positions = Map.copyOf(positions);
  }

  @Override
  public Boundedness getBoundedness() {
    return config.steps() == 0 ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<GeneratorSplit, WaitingSplits> createEnumerator(
      SplitEnumeratorContext<GeneratorSplit> context) {
    List<GeneratorSplit> splits = new ArrayList<>();
    for (String id : config.splitIds()) {
      SplitPosition position =
          SplitPosition.parse(positions.getOrDefault(id, SplitPosition.START.text()));
      splits.add(new GeneratorSplit(id, position.ordinal()));
    }
    return restoreEnumerator(context, new WaitingSplits(splits));
  }

  @Override
  public SplitEnumerator<GeneratorSplit, WaitingSplits> restoreEnumerator(
      SplitEnumeratorContext<GeneratorSplit> context, WaitingSplits waiting) {
    return new FixedSplitEnumerator(context, config.splitIds(), waiting);
  }

  @Override
  public SourceReader<SourceElement, GeneratorSplit> createReader(SourceReaderContext context) {
    return new FleetSourceReader(config, Clock.systemUTC());
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
    return new SourceElementTypeInfo(FleetRows.rowType());
  }
}
