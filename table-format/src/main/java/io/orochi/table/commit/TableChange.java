package io.orochi.table.commit;

import java.util.Objects;

/**
 * Everything one statement does to one table: its files are written, nothing is published. It is
 * published whole or not at all, by a {@link TableCommitter} or as part of a transaction by a
 * {@link StagedCommit}.
 */
public record TableChange(ChangeKind kind, ChangeBasis basis, ChangedFiles files) {
  public TableChange {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(basis);
    Objects.requireNonNull(files);
  }

  /** New rows that depend on nothing in the table. */
  public static TableChange append(ChangedFiles files) {
    return new TableChange(ChangeKind.APPEND, ChangeBasis.nothing(), files);
  }
}
