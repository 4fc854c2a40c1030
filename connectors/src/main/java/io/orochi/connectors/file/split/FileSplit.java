package io.orochi.connectors.file.split;

import io.orochi.connectors.file.FileKind;
import java.util.Objects;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A file and how much of it was read.
 *
 * @param splitId the file's {@link FileKey}, as text
 * @param path absolute
 * @param ordinal the number of records to skip
 */
public record FileSplit(String splitId, String path, FileKind kind, long ordinal)
    implements SourceSplit {
  public FileSplit {
    Objects.requireNonNull(splitId);
    Objects.requireNonNull(path);
    Objects.requireNonNull(kind);
  }

  public FileSplit at(long newOrdinal) {
    return new FileSplit(splitId, path, kind, newOrdinal);
  }
}
