package io.orochi.connectors.generator;

import java.util.Objects;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A part of a source that makes its rows itself.
 *
 * @param ordinal the number of rows already made
 */
public record GeneratorSplit(String splitId, long ordinal) implements SourceSplit {
  public GeneratorSplit {
    Objects.requireNonNull(splitId);
  }
}
