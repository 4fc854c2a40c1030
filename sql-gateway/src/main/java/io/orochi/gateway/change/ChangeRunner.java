package io.orochi.gateway.change;

import io.orochi.catalog.flink.sink.StatementRows;
import io.orochi.catalog.iceberg.NotedTable;
import io.orochi.catalog.iceberg.SwapBackoff;
import io.orochi.catalog.note.FileNotes;
import io.orochi.table.commit.ChangeBasis;
import io.orochi.table.commit.ChangeKind;
import io.orochi.table.commit.ChangedFiles;
import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.Isolation;
import io.orochi.table.commit.TableChange;
import io.orochi.table.delete.RowDeletes;
import io.orochi.table.digest.Digest;
import io.orochi.table.digest.DigestingFileIO;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.fault.Fault;
import io.orochi.table.kernel.keys.NewRows;
import io.orochi.table.kernel.keys.UniqueKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.flink.util.CloseableIterator;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes changes on the kernel and hands them to their target. A change that conflicts with
 * another commit is computed again from the newer table, a bounded number of times. One statement.
 */
public final class ChangeRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeRunner.class);
  private static final int ATTEMPTS = 10;

  /** Of a table whose keys are kept unique: writers of the same keys have to take turns. */
  private static final int ATTEMPTS_WITH_KEYS = 100;

  private static final long NO_SNAPSHOT = -1;

  private final ChangeTarget target;
  private final KernelRowSource kernel;

  public ChangeRunner(ChangeTarget target, KernelRowSource kernel) {
    this.target = target;
    this.kernel = kernel;
  }

  /**
   * Runs the change until it is published or cannot be.
   *
   * @param plans plans it on the table as it is now; asked again after a conflict
   * @return the rows it changed
   * @throws OrochiException COMMIT_CONFLICT, COMMIT_STATE_UNKNOWN, NULL_NOT_ALLOWED,
   *     MERGE_ROW_TWICE, or what reading and writing throw
   */
  public long run(Supplier<ChangePlan> plans) {
    ChangePlan first = plans.get();
    if (!mayMeetKeys(first)) {
      return run(first, plans);
    }
    Lock turn = kernel.turns().of(first.table().name());
    boolean free = turn.tryLock();
    if (!free) {
      turn.lock();
    }
    try {
      return run(free ? first : plans.get(), plans);
    } finally {
      turn.unlock();
    }
  }

  private static boolean mayMeetKeys(ChangePlan plan) {
    return plan.shape().columns() > 0
        && plan.shape().keys() == ChangePlan.Keys.NEW
        && UniqueKeys.of(plan.table()).isPresent();
  }

  private long run(ChangePlan first, Supplier<ChangePlan> plans) {
    for (int attempt = 1; ; attempt++) {
      ChangePlan plan = attempt == 1 ? first : plans.get();
      Tried tried;
      try (NotedTable noted = NotedTable.of(plan.table())) {
        tried = attempt(plan.writingTo(noted.table()), noted.notes());
      }
      if (tried.outcome() instanceof CommitOutcome.Committed) {
        return tried.computed().rows();
      }
      if (tried.outcome() instanceof CommitOutcome.Unknown unknown) {
        throw unknown(plan, unknown.reason());
      }
      String reason = ((CommitOutcome.Conflicted) tried.outcome()).reason();
      boolean hasKeys = tried.computed().change().basis().isolation() == Isolation.UNIQUE_KEYS;
      if (attempt == (hasKeys ? ATTEMPTS_WITH_KEYS : ATTEMPTS)) {
        throw conflict(plan, attempt, reason);
      }
      LOG.info("A change of {} is computed again: {}", plan.table().name(), reason);
      if (hasKeys) {
        SwapBackoff.pause(attempt);
      }
    }
  }

  private record Tried(Computed computed, CommitOutcome outcome) {}

  private Tried attempt(ChangePlan plan, FileNotes files) {
    Computed computed = compute(plan, files);
    if (computed.change().files().isEmpty()) {
      files.settled();
      return new Tried(computed, new CommitOutcome.Committed(NO_SNAPSHOT));
    }
    Fault.at("change.before-publish");
    throwIfCancelled(computed, files);
    CommitOutcome outcome = publish(plan, computed, files);
    if (outcome.filesMayBeDeleted()) {
      delete(computed.change().files(), computed.io());
    }
    if (!(outcome instanceof CommitOutcome.Unknown)) {
      files.settled();
    }
    return new Tried(computed, outcome);
  }

  /** A change whose files are written. */
  private record Computed(TableChange change, long rows, DigestingFileIO io) {}

  private CommitOutcome publish(ChangePlan plan, Computed computed, FileNotes files) {
    try {
      return target.publish(plan.table(), computed.change());
    } catch (OrochiException failed) {
      delete(computed.change().files(), computed.io());
      files.settled();
      throw failed;
    }
  }

  private void throwIfCancelled(Computed computed, FileNotes files) {
    try {
      kernel.throwIfCancelled();
    } catch (OrochiException cancelled) {
      delete(computed.change().files(), computed.io());
      files.settled();
      throw cancelled;
    }
  }

  /** A failure leaves no file. */
  private Computed compute(ChangePlan plan, FileNotes files) {
    try {
      return compute(plan);
    } catch (OrochiException failed) {
      files.settled();
      throw failed;
    }
  }

  private Computed compute(ChangePlan plan) {
    DigestingFileIO io = new DigestingFileIO(plan.table().io());
    RowDeletes deletes =
        new RowDeletes(plan.table(), plan.placedScan().map(plan::files).orElse(List.of()));
    try (StatementRows rows = new StatementRows(plan.table(), io)) {
      long changed = drop(plan, deletes) + read(plan, rows, deletes);
      List<DataFile> added = rows.finish();
      try {
        Optional<UniqueKeys.Kept> kept = keepKeys(plan, added, deletes);
        RowDeletes.Files lost = deletes.write(io);
        List<DataFile> stays = without(added, lost.removedData());
        RowDeletes.Files gone =
            new RowDeletes.Files(
                lost.added(), without(lost.removedData(), added), lost.removedDeletes());
        deleteQuietly(without(added, stays), io);
        ChangedFiles files = files(plan, stays, gone, io.drainDigests());
        ChangeBasis basis = kept.map(found -> found.basis(plan.basis())).orElse(plan.basis());
        ChangeKind kind = kind(plan, kept.isPresent(), files);
        long leftOut = kept.map(UniqueKeys.Kept::leftOut).orElse(0L);
        return new Computed(new TableChange(kind, basis, files), changed - leftOut, io);
      } catch (RuntimeException failed) {
        deleteQuietly(added, io);
        throw failed;
      }
    }
  }

  /** Empty if the change cannot give two rows one key. */
  private Optional<UniqueKeys.Kept> keepKeys(
      ChangePlan plan, List<DataFile> added, RowDeletes deletes) {
    return added.isEmpty() || !mayMeetKeys(plan)
        ? Optional.empty()
        : UniqueKeys.of(plan.table())
            .map(keys -> keys.keep(new NewRows(plan.kind(), added), deletes, kernel.keys()));
  }

  private static List<DataFile> without(List<DataFile> files, List<DataFile> others) {
    Set<String> gone = new HashSet<>();
    others.forEach(file -> gone.add(file.location()));
    return files.stream().filter(file -> !gone.contains(file.location())).toList();
  }

  /** Rows that took the place of others are told from new ones. */
  private static ChangeKind kind(ChangePlan plan, boolean keepsKeys, ChangedFiles files) {
    boolean replaces = !files.addedDeletes().isEmpty() || !files.removedData().isEmpty();
    return keepsKeys && replaces && plan.kind() == ChangeKind.APPEND
        ? ChangeKind.MERGE
        : plan.kind();
  }

  /** Files that lose all their rows without being read. */
  private static long drop(ChangePlan plan, RowDeletes deletes) {
    if (plan.covered().isEmpty()) {
      return 0;
    }
    int read = plan.placedScan().orElseThrow().plan().tasks().size();
    for (int i = 0; i < plan.covered().size(); i++) {
      deletes.addWholeFile(read + i);
    }
    return deletes.count();
  }

  private long read(ChangePlan plan, StatementRows rows, RowDeletes deletes) {
    if (plan.readsNothing()) {
      return 0;
    }
    Fault.at("change.before-read");
    ChangePlan.RowShape shape = plan.shape();
    int[] first = new int[shape.columns()];
    for (int i = 0; i < first.length; i++) {
      first[i] = i;
    }
    ProjectedRowData written = ProjectedRowData.from(first);
    long changed = 0;
    try (CloseableIterator<RowData> found = kernel.rows(plan.query(), plan.rows())) {
      while (found.hasNext()) {
        RowData row = found.next();
        if (shape.file() >= 0 && !row.isNullAt(shape.file())) {
          delete(plan, row, deletes);
        }
        if (shape.columns() > 0 && (shape.action() < 0 || row.getBoolean(shape.action()))) {
          rows.write(written.replaceRow(row));
        }
        changed++;
      }
    } catch (RuntimeException failed) {
      throw failed;
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
    return changed;
  }

  private static void delete(ChangePlan plan, RowData row, RowDeletes deletes) {
    int file = plan.shape().file();
    boolean first = deletes.add(row.getInt(file), row.getLong(file + 1));
    if (!first && plan.kind() == ChangeKind.MERGE) {
      throw OrochiException.of(
              OrochiErrorCode.MERGE_ROW_TWICE,
              "Cannot merge into " + plan.table().name() + ": a row would be changed twice")
          .withDetail("Several source rows match one row of the table.")
          .withHint("Make the source unique on the columns of the ON condition.");
    }
  }

  private static ChangedFiles files(
      ChangePlan plan, List<DataFile> added, RowDeletes.Files gone, Map<String, Digest> digests) {
    List<DataFile> removed = new ArrayList<>(gone.removedData());
    ChangedFiles deleted =
        new ChangedFiles(added, gone.added(), removed, gone.removedDeletes(), digests);
    return plan.kind() == ChangeKind.OVERWRITE
        ? Overwrites.replace(plan.table(), plan.basis(), deleted)
        : deleted;
  }

  private static void delete(ChangedFiles files, DigestingFileIO io) {
    deleteQuietly(
        Stream.concat(files.addedData().stream(), files.addedDeletes().stream()).toList(), io);
  }

  private static void deleteQuietly(List<? extends ContentFile<?>> files, DigestingFileIO io) {
    for (String location : files.stream().map(ContentFile::location).distinct().toList()) {
      try {
        io.deleteFile(location);
      } catch (RuntimeException stillThere) {
        LOG.warn("Cannot delete {}; orphan removal will", location, stillThere);
      }
    }
  }

  private static OrochiException conflict(ChangePlan plan, int attempts, String reason) {
    return OrochiException.of(
            OrochiErrorCode.COMMIT_CONFLICT, "Cannot commit to " + plan.table().name())
        .withDetail("Others changed the same rows each of " + attempts + " times: " + reason)
        .withHint("Run the statement again when fewer statements change these rows.");
  }

  private static OrochiException unknown(ChangePlan plan, String reason) {
    return OrochiException.of(
            OrochiErrorCode.COMMIT_STATE_UNKNOWN,
            "Cannot tell whether the commit to " + plan.table().name() + " happened")
        .withDetail(reason)
        .withHint("Look at the table before you run the statement again.");
  }
}
