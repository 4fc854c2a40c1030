package io.orochi.catalog.flink.sink.state;

import io.orochi.table.digest.Digest;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one upstream task adds to the next commit: files it has written, or positions it has read up
 * to. A task sends its part before the checkpoint barrier, so that the committer holds, at the
 * barrier, exactly the rows and positions that belong to the checkpoint.
 *
 * @param dataFiles Iceberg's JSON of each file
 * @param digests by file location
 * @param positions by source split, as text only the source understands
 * @param destination the table that files and positions are for
 */
public record CommitPart(
    List<String> dataFiles,
    Map<String, Digest> digests,
    Map<String, String> positions,
    Destination destination) {
  /** Numbers are part of the stored form. */
  public enum Destination {
    /** The table that the sink appends to. */
    TABLE,
    /** The table beside it, if it has one. */
    COMPANION
  }

  public CommitPart {
    dataFiles = List.copyOf(dataFiles);
    digests = Map.copyOf(digests);
    positions = Map.copyOf(positions);
    Objects.requireNonNull(destination);
  }

  public static CommitPart ofFiles(
      List<String> dataFiles, Map<String, Digest> digests, Destination destination) {
    return new CommitPart(dataFiles, digests, Map.of(), destination);
  }

  public static CommitPart ofPositions(Map<String, String> positions, Destination destination) {
    return new CommitPart(List.of(), Map.of(), positions, destination);
  }

  public boolean isEmpty() {
    return dataFiles.isEmpty() && positions.isEmpty();
  }
}
