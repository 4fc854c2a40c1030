package io.orochi.catalog.flink.sink.change;

import io.orochi.table.commit.ChangeKind;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A DELETE or UPDATE that a job of Flink runs. Its rows are the new row's columns, if there is one,
 * then the place of the old one: file and position.
 *
 * @param writer the name under which its commit is found again
 * @param snapshotId the snapshot that is read; null if the table has none
 * @param schemaId of the table's columns
 * @param columns how many columns come before the place
 * @param folders under which data files are read in place
 */
public record RowChange(
    String writer,
    ChangeKind kind,
    Long snapshotId,
    int schemaId,
    int columns,
    List<String> folders)
    implements Serializable {
  public RowChange {
    Objects.requireNonNull(writer);
    Objects.requireNonNull(kind);
    folders = List.copyOf(folders);
  }

  boolean writesRows() {
    return kind == ChangeKind.UPDATE;
  }
}
