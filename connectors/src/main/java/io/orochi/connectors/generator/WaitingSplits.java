package io.orochi.connectors.generator;

import java.util.List;

/** The splits that no reader has. */
public record WaitingSplits(List<GeneratorSplit> splits) {
  public WaitingSplits {
    splits = List.copyOf(splits);
  }
}
