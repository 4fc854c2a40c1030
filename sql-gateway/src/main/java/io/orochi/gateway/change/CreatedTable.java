package io.orochi.gateway.change;

import io.orochi.catalog.flink.OrochiCatalog;
import io.orochi.catalog.iceberg.NotedTable;
import io.orochi.catalog.note.FileNotes;
import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.Isolation;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.StagedCommit;
import io.orochi.table.commit.TableChange;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.fault.Fault;
import io.orochi.table.io.StorageFailure;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.ddl.CreateTableOperation;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchTableException;

/**
 * The table of a {@code CREATE TABLE … AS}: it appears with its rows in one commit of the catalog,
 * or not at all. Used once, by one statement.
 */
public final class CreatedTable implements ChangeTarget {
  private static final long ONLY_SEQUENCE = 1;

  private final OrochiCatalog catalog;
  private final CreateTableOperation definition;
  private final Clock clock;
  private Transaction transaction;
  private FileNotes notes = FileNotes.NONE;
  private boolean published;

  private CreatedTable(OrochiCatalog catalog, CreateTableOperation definition, Clock clock) {
    this.catalog = catalog;
    this.definition = definition;
    this.clock = clock;
  }

  /** Empty if the table would not be stored in an Orochi catalog. */
  static Optional<CreatedTable> of(
      CreateTableASOperation create, TableEnvironmentInternal environment, Clock clock) {
    CreateTableOperation definition = create.getCreateTableOperation();
    return catalogOf(definition, environment)
        .map(catalog -> new CreatedTable(catalog, definition, clock));
  }

  static Optional<OrochiCatalog> catalogOf(
      CreateTableOperation definition, TableEnvironmentInternal environment) {
    if (definition.isTemporary()) {
      return Optional.empty();
    }
    return ((TableEnvironmentImpl) environment)
        .getCatalogManager()
        .getCatalog(definition.getTableIdentifier().getCatalogName())
        .filter(OrochiCatalog.class::isInstance)
        .map(OrochiCatalog.class::cast);
  }

  TargetTable target() {
    return TargetTable.of(catalog, identifier(), definition.getCatalogTable().getResolvedSchema());
  }

  /**
   * Whether there is nothing to do.
   *
   * @throws OrochiException RELATION_ALREADY_EXISTS without IF NOT EXISTS
   */
  public boolean isThere() {
    boolean there = catalog.tableExists(identifier().toObjectPath());
    if (there && !definition.isIgnoreIfExists()) {
      throw exists();
    }
    return there;
  }

  /**
   * @throws OrochiException STATEMENT_NOT_SUPPORTED inside a transaction
   */
  public void requireOutside(ChangeTarget session) {
    if (!session.readsCommitted()) {
      throw OrochiException.of(
              OrochiErrorCode.STATEMENT_NOT_SUPPORTED,
              "Cannot create a table inside a transaction: " + name())
          .withHint("COMMIT first; CREATE TABLE … AS is a commit of its own.");
    }
  }

  /**
   * Runs the change that fills the table and creates it if there were no rows.
   *
   * @param fill empty if nothing was done
   * @return what {@code fill} returned; 0 if another session created the table meanwhile and that
   *     is no failure
   */
  public OptionalLong whole(Supplier<OptionalLong> fill) {
    try (FileNotes noted = catalog.icebergCatalog().notes()) {
      notes = noted;
      return whole(noted, fill);
    } catch (OrochiException failure) {
      if (failure.code() == OrochiErrorCode.RELATION_ALREADY_EXISTS
          && definition.isIgnoreIfExists()) {
        return OptionalLong.of(0);
      }
      throw failure;
    }
  }

  private OptionalLong whole(FileNotes noted, Supplier<OptionalLong> fill) {
    try {
      OptionalLong rows = fill.get();
      if (rows.isPresent() && !published) {
        swap();
      }
      noted.settled();
      return rows;
    } catch (OrochiException failure) {
      if (failure.code() != OrochiErrorCode.COMMIT_STATE_UNKNOWN) {
        noted.settled();
      }
      throw failure;
    }
  }

  @Override
  public Table table(Catalog from, TableIdentifier wanted) {
    if (from != catalog.icebergCatalog() || !wanted.equals(target().identifier())) {
      return from.loadTable(wanted);
    }
    try {
      transaction =
          NotedTable.creation(
              catalog.icebergCatalog(),
              wanted,
              catalog.beginTable(identifier().toObjectPath(), definition.getCatalogTable()),
              notes);
      return transaction.table();
    } catch (AlreadyExistsException overtaken) {
      throw exists();
    } catch (DatabaseNotExistException missing) {
      throw OrochiException.of(OrochiErrorCode.RELATION_NOT_FOUND, missing.getMessage())
          .withHint("CREATE DATABASE first, or SHOW DATABASES to see what there is.")
          .causedBy(missing);
    }
  }

  @Override
  public Isolation isolation() {
    return Isolation.SNAPSHOT;
  }

  @Override
  public CommitOutcome publish(Table table, TableChange change) {
    String writer = "statement-" + UUID.randomUUID();
    StagedCommit staged =
        new StagedCommit(transaction, new SourcePosition(writer, ONLY_SEQUENCE, Map.of()));
    long snapshot;
    try {
      Fault.at("commit.before-write");
      snapshot = staged.write(change, clock.instant());
      Fault.at("commit.before-swap");
    } catch (RuntimeException failed) {
      staged.discard();
      throw StorageFailure.of("create " + name(), failed);
    }
    try {
      swap();
    } catch (OrochiException refused) {
      if (refused.code() != OrochiErrorCode.COMMIT_STATE_UNKNOWN) {
        staged.discard();
        throw refused;
      }
      return new CommitOutcome.Unknown(refused.detail());
    }
    return new CommitOutcome.Committed(snapshot);
  }

  /** Makes the table visible. */
  private void swap() {
    try {
      transaction.commitTransaction();
      Fault.at("commit.after-swap");
    } catch (AlreadyExistsException | CommitFailedException overtaken) {
      throw exists();
    } catch (CommitStateUnknownException lost) {
      requirePublished(lost);
    }
    published = true;
  }

  /** A lost answer is no failure if the table is there, and is this one. */
  private void requirePublished(CommitStateUnknownException lost) {
    Table there;
    try {
      there = catalog.icebergCatalog().loadTable(target().identifier());
    } catch (NoSuchTableException absent) {
      throw unknown(lost);
    }
    if (!there.uuid().equals(transaction.table().uuid())) {
      throw exists();
    }
  }

  private OrochiException unknown(CommitStateUnknownException lost) {
    return OrochiException.of(
            OrochiErrorCode.COMMIT_STATE_UNKNOWN, "Cannot tell whether " + name() + " was created")
        .withDetail(String.valueOf(lost.getMessage()))
        .withHint("Look for the table before you run the statement again.")
        .causedBy(lost);
  }

  private OrochiException exists() {
    return OrochiException.of(
            OrochiErrorCode.RELATION_ALREADY_EXISTS, "Cannot create table: " + name() + " exists")
        .withHint("Choose another name, or write CREATE TABLE IF NOT EXISTS.");
  }

  private ObjectIdentifier identifier() {
    return definition.getTableIdentifier();
  }

  private String name() {
    return target().name();
  }
}
