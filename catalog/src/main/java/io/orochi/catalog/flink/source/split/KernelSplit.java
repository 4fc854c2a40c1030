package io.orochi.catalog.flink.source.split;

import java.util.List;
import java.util.Objects;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * Data files that are read together, named by their locations. What else is known of a file (its
 * deletes, sequence number and digest) a task takes from the same plan, which depends on the
 * snapshot alone.
 *
 * @param bytes the size of the files
 */
public record KernelSplit(String splitId, List<String> files, long bytes) implements SourceSplit {
  public KernelSplit {
    Objects.requireNonNull(splitId, "splitId");
    files = List.copyOf(files);
  }
}
