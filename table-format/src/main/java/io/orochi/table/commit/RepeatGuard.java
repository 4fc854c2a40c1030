package io.orochi.table.commit;

import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;

/**
 * Refuses a swap on top of a history in which the writer has published since the committer looked:
 * another process works under the same name.
 */
final class RepeatGuard implements SnapshotAncestryValidator {
  private final WriterHistory history;
  private boolean refused;

  RepeatGuard(WriterHistory history) {
    this.history = history;
  }

  @Override
  public boolean validate(Iterable<Snapshot> ancestors) {
    refused = history.hasPublishedSince(ancestors);
    return !refused;
  }

  @Override
  public String errorMessage() {
    return "the writer has published since";
  }

  boolean refused() {
    return refused;
  }
}
