package io.orochi.connectors.file.split;

import io.orochi.connectors.element.SplitPosition;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which files were read, and how far. Begins with the positions the table holds. Not safe for
 * threads.
 */
public final class FileLedger {
  private final Map<String, String> positions;
  private final Map<String, FileKey> newestByPath = new HashMap<>();

  /**
   * @param positions by split id
   */
  public FileLedger(Map<String, String> positions) {
    this.positions = new HashMap<>();
    positions.forEach(this::record);
  }

  public void record(String splitId, String position) {
    Optional<FileKey> key = FileKey.parse(splitId);
    if (key.isPresent()) {
      positions.put(splitId, position);
      newestByPath.merge(
          key.get().path(), key.get(), (old, added) -> added.size() >= old.size() ? added : old);
    }
  }

  /** Whether this file, exactly as it is, was read to its end. */
  public boolean isDone(FileKey file) {
    String position = positions.get(file.text());
    return position != null && SplitPosition.parse(position).ended();
  }

  /** The records of a file that need not be read again. */
  public long recordsRead(FileKey file) throws IOException {
    String exact = positions.get(file.text());
    if (exact != null) {
      return SplitPosition.parse(exact).ordinal();
    }
    FileKey earlier = newestByPath.get(file.path());
    return earlier != null && earlier.isBeginningOf(file)
        ? SplitPosition.parse(positions.get(earlier.text())).ordinal()
        : 0;
  }

  /** By split id. */
  public Map<String, String> positions() {
    return Map.copyOf(positions);
  }
}
