package io.orochi.catalog.transaction;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.catalog.note.FileNotes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The transactions that are open in this process. Safe to share between threads. */
public final class OpenTransactions {
  private final Map<String, LakeTransaction> open = new ConcurrentHashMap<>();
  private final TableLocks locks = new TableLocks();
  private final OrochiIcebergCatalog catalog;
  private final Path journals;
  private final Clock clock;

  /**
   * @param journals the folder where files of open transactions are noted, this process's own
   */
  public OpenTransactions(OrochiIcebergCatalog catalog, Path journals, Clock clock) {
    this.catalog = catalog;
    this.journals = journals;
    this.clock = clock;
  }

  /**
   * Deletes what transactions of an earlier process left. Call it before the first begins.
   *
   * @return how many files were deleted
   */
  public long recover() {
    return new TransactionRecovery(catalog, journals).run();
  }

  /**
   * @param session who asked, for people
   */
  public LakeTransaction begin(TransactionIsolation isolation, String session) {
    String id = UUID.randomUUID().toString();
    LakeTransaction transaction =
        new LakeTransaction(
            new LakeTransaction.Identity(id, session, isolation, clock.instant()),
            catalog,
            new StagedFiles(journals, id),
            locks,
            clock,
            () -> open.remove(id));
    open.put(id, transaction);
    return transaction;
  }

  /** For one attempt at a commit outside a transaction; {@link #recover} cleans up after it. */
  public FileNotes notes() {
    return new StagedFiles(journals, StagedFiles.ATTEMPT + UUID.randomUUID());
  }

  /** Oldest first. */
  public List<TransactionState> states() {
    Collection<LakeTransaction> all = open.values();
    return all.stream()
        .map(LakeTransaction::state)
        .sorted(Comparator.comparing(TransactionState::startedAt))
        .toList();
  }
}
