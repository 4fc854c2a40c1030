package io.orochi.table.kernel.keys;

import io.orochi.table.commit.ChangeKind;
import java.util.List;
import org.apache.iceberg.DataFile;

/**
 * The rows a change adds.
 *
 * @param files written but not published; of two rows of one key the later is in a later file, or
 *     further on in the same
 */
public record NewRows(ChangeKind kind, List<DataFile> files) {
  public NewRows {
    files = List.copyOf(files);
  }

  long count() {
    return files.stream().mapToLong(DataFile::recordCount).sum();
  }

  /** Whether some of them stand for rows of the table, so that none may be left out. */
  boolean replaceRows() {
    return kind == ChangeKind.UPDATE || kind == ChangeKind.MERGE;
  }

  boolean replaceFiles() {
    return kind == ChangeKind.OVERWRITE;
  }
}
