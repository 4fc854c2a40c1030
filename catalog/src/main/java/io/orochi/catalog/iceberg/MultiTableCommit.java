package io.orochi.catalog.iceberg;

import io.orochi.catalog.metastore.Metastore;
import io.orochi.catalog.metastore.MetastoreChange;
import io.orochi.catalog.note.FileNotes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;

/**
 * Publishes changes of several tables with one compare-and-set.
 *
 * <p>Each table's requirements are checked against its current metadata, the next metadata is
 * written beside it, and then all pointers move together. If one pointer has moved meanwhile, all
 * staged metadata is thrown away and the attempt starts again from the requirements: a change that
 * does not touch what they name is followed, any other fails the whole commit.
 */
final class MultiTableCommit {
  private static final int ATTEMPTS = 5;

  private final OrochiIcebergCatalog catalog;
  private final Metastore metastore;
  private final FileIO io;

  MultiTableCommit(OrochiIcebergCatalog catalog, Metastore metastore, FileIO io) {
    this.catalog = catalog;
    this.metastore = metastore;
    this.io = io;
  }

  void commit(List<TableCommit> commits, List<MetastoreChange> records) {
    requireDistinct(commits);
    for (int attempt = 1; ; attempt++) {
      try {
        commitOnce(commits, records);
        return;
      } catch (RequirementFailed unmet) {
        throw unmet;
      } catch (CommitFailedException overtaken) {
        if (attempt == ATTEMPTS) {
          throw overtaken;
        }
        SwapBackoff.pause(attempt);
      }
    }
  }

  private void commitOnce(List<TableCommit> commits, List<MetastoreChange> records) {
    List<MetastoreChange> changes = new ArrayList<>(records);
    List<String> staged = new ArrayList<>();
    List<TableMetadata[]> replaced = new ArrayList<>();
    try (FileNotes noted = catalog.notes()) {
      try {
        for (TableCommit commit : commits) {
          OrochiTableOperations operations = catalog.tableOperations(commit.identifier());
          TableMetadata base = operations.current();
          TableMetadata next = next(commit, base);
          if (next != base) {
            String location = operations.stage(next, noted);
            staged.add(location);
            replaced.add(new TableMetadata[] {base, next});
            changes.add(
                new MetastoreChange.Replace(
                    Keys.table(commit.identifier()), base.metadataFileLocation(), location));
          }
        }
      } catch (RuntimeException e) {
        CatalogUtil.deleteFiles(io, staged, "staged metadata");
        throw e;
      }
      if (!changes.isEmpty()) {
        PointerSwap.of(metastore, label(commits), changes).orElseDelete(io, staged, noted);
      }
    }
    replaced.forEach(pair -> CatalogUtil.deleteRemovedMetadataFiles(io, pair[0], pair[1]));
  }

  /** The same object if nothing changes. */
  private static TableMetadata next(TableCommit commit, TableMetadata base) {
    if (base == null) {
      throw new NoSuchTableException("Table does not exist: %s", commit.identifier());
    }
    try {
      commit.requirements().forEach(requirement -> requirement.validate(base));
    } catch (CommitFailedException unmet) {
      throw new RequirementFailed(unmet);
    }
    TableMetadata.Builder builder = TableMetadata.buildFrom(base);
    commit.updates().forEach(update -> update.applyTo(builder));
    TableMetadata next = builder.build();
    return next.changes().isEmpty() ? base : next;
  }

  /** What the caller asked for no longer holds; another attempt would find the same. */
  private static final class RequirementFailed extends CommitFailedException {
    private static final long serialVersionUID = 1L;

    RequirementFailed(CommitFailedException unmet) {
      super(unmet, "%s", unmet.getMessage());
    }
  }

  private static void requireDistinct(List<TableCommit> commits) {
    Set<TableIdentifier> seen = new HashSet<>();
    for (TableCommit commit : commits) {
      if (!seen.add(commit.identifier())) {
        throw new IllegalArgumentException("Two commits to one table: " + commit.identifier());
      }
    }
  }

  private static TableIdentifier label(List<TableCommit> commits) {
    return commits.isEmpty() ? TableIdentifier.of("records") : commits.get(0).identifier();
  }
}
