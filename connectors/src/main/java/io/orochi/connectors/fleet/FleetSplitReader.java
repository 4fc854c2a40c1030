package io.orochi.connectors.fleet;

import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.generator.GeneratorSplit;

/** Makes the rows of one split. Not safe for threads. */
final class FleetSplitReader {
  private final FleetConfig config;
  private final String splitId;
  private final FleetRows rows;
  private long ordinal;
  private boolean ended;

  FleetSplitReader(FleetConfig config, GeneratorSplit split) {
    this.config = config;
    this.splitId = split.splitId();
    int index = config.splitIds().indexOf(splitId);
    this.rows = new FleetRows(config, config.firstHost(index), config.firstHost(index + 1));
    this.ordinal = split.ordinal();
    if (ordinal % rows.hosts() != 0) {
      rows.moveTo(ordinal / rows.hosts());
    }
  }

  boolean hasEnded() {
    return ended;
  }

  /** The time of the next row. */
  long nextMicros() {
    return config.startMicros() + ordinal / rows.hosts() * config.intervalMicros();
  }

  SourceElement next() {
    long step = ordinal / rows.hosts();
    if (config.steps() > 0 && step >= config.steps()) {
      ended = true;
      return new SourceElement.End(splitId, ordinal);
    }
    int host = (int) (ordinal % rows.hosts());
    if (host == 0) {
      rows.moveTo(step);
    }
    ordinal++;
    return new SourceElement.Row(splitId, ordinal, rows.row(host));
  }

  GeneratorSplit split() {
    return new GeneratorSplit(splitId, ordinal);
  }
}
