package io.orochi.catalog.iceberg;

import io.orochi.catalog.metastore.Metastore;
import io.orochi.catalog.metastore.MetastoreChange;
import io.orochi.catalog.metastore.MetastoreKey;
import io.orochi.catalog.metastore.MetastoreKey.Space;
import io.orochi.catalog.metastore.SwapOutcome;
import io.orochi.catalog.note.FileNotes;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.io.FileIO;

/**
 * One attempt to move pointers in the metastore, told in Iceberg's exceptions.
 *
 * <ul>
 *   <li>Applied: nothing is thrown.
 *   <li>A pointer was not as expected: CommitFailedException (the caller may refresh and retry),
 *       AlreadyExistsException or NoSuchNamespaceException. Nothing was published, and the staged
 *       metadata files are deleted.
 *   <li>The store was not reached: its OrochiException. As above.
 *   <li>The answer was lost: CommitStateUnknownException. No file is deleted, because the pointer
 *       may lead to it. The state is not guessed here: a committer that knows its own position in
 *       the table finds out by reading it.
 * </ul>
 */
final class PointerSwap {
  private final Metastore metastore;
  private final TableIdentifier identifier;
  private final List<MetastoreChange> changes;

  private PointerSwap(
      Metastore metastore, TableIdentifier identifier, List<MetastoreChange> changes) {
    this.metastore = metastore;
    this.identifier = identifier;
    this.changes = changes;
  }

  /**
   * @param identifier what the changes are about, for messages
   */
  static PointerSwap of(
      Metastore metastore, TableIdentifier identifier, List<MetastoreChange> changes) {
    return new PointerSwap(metastore, identifier, changes);
  }

  /** Swaps; deletes {@code staged} only when nothing can refer to it. */
  void orElseDelete(FileIO io, List<String> staged) {
    orElseDelete(io, staged, FileNotes.NONE);
  }

  /** The same, saying so when it is known what became of the files. */
  void orElseDelete(FileIO io, List<String> staged, FileNotes noted) {
    SwapOutcome outcome;
    try {
      outcome = metastore.compareAndSet(changes);
    } catch (RuntimeException e) {
      delete(io, staged);
      noted.settled();
      throw e;
    }
    if (outcome instanceof SwapOutcome.Unknown unknown) {
      throw new CommitStateUnknownException(
          "Cannot tell whether the commit to " + identifier + " was stored", unknown.cause());
    }
    if (outcome instanceof SwapOutcome.Mismatched mismatched) {
      delete(io, staged);
      noted.settled();
      throw failure(mismatched.key());
    }
    noted.settled();
  }

  private RuntimeException failure(MetastoreKey key) {
    if (key.space() == Space.NAMESPACE) {
      return new NoSuchNamespaceException("Namespace does not exist: %s", key.group());
    }
    Optional<MetastoreChange> change =
        changes.stream().filter(any -> any.key().equals(key)).findFirst();
    if (change.isPresent() && change.get() instanceof MetastoreChange.Create) {
      return new AlreadyExistsException(
          "Table or view already exists: %s.%s", key.group(), key.name());
    }
    return new CommitFailedException(
        "Cannot commit to %s.%s: it was changed meanwhile", key.group(), key.name());
  }

  private static void delete(FileIO io, List<String> staged) {
    CatalogUtil.deleteFiles(io, staged, "staged metadata");
  }
}
