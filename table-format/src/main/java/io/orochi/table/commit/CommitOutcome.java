package io.orochi.table.commit;

/** What is known after one commit attempt. Safe to share between threads. */
public sealed interface CommitOutcome {
  /** True only if the files written for this attempt are certainly unreferenced. */
  boolean filesMayBeDeleted();

  /**
   * The rows are in the table, published by this attempt or found there from an earlier one.
   *
   * @param snapshotId the snapshot that holds them
   */
  record Committed(long snapshotId) implements CommitOutcome {
    @Override
    public boolean filesMayBeDeleted() {
      return false;
    }
  }

  /** The table changed in a way that this commit cannot follow; nothing was published. */
  record Conflicted(String reason) implements CommitOutcome {
    @Override
    public boolean filesMayBeDeleted() {
      return true;
    }
  }

  /**
   * The catalog did not answer; the snapshot may exist. Look for the commit's own position in the
   * table before a retry.
   */
  record Unknown(String reason) implements CommitOutcome {
    @Override
    public boolean filesMayBeDeleted() {
      return false;
    }
  }
}
