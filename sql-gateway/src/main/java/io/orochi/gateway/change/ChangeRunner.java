package io.orochi.gateway.change;

import io.orochi.catalog.flink.sink.StatementRows;
import io.orochi.table.commit.ChangeKind;
import io.orochi.table.commit.ChangedFiles;
import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.TableChange;
import io.orochi.table.delete.RowDeletes;
import io.orochi.table.digest.Digest;
import io.orochi.table.digest.DigestingFileIO;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    for (int attempt = 1; ; attempt++) {
      ChangePlan plan = plans.get();
      Computed computed = compute(plan);
      if (computed.change().files().isEmpty()) {
        return computed.rows();
      }
      Fault.at("change.before-publish");
      throwIfCancelled(computed);
      CommitOutcome outcome = publish(plan, computed);
      if (outcome instanceof CommitOutcome.Committed) {
        return computed.rows();
      }
      if (outcome instanceof CommitOutcome.Unknown unknown) {
        throw unknown(plan, unknown.reason());
      }
      String reason = ((CommitOutcome.Conflicted) outcome).reason();
      delete(computed.change().files(), computed.io());
      if (attempt == ATTEMPTS) {
        throw conflict(plan, reason);
      }
      LOG.info("A change of {} is computed again: {}", plan.table().name(), reason);
    }
  }

  /** A change whose files are written. */
  private record Computed(TableChange change, long rows, DigestingFileIO io) {}

  private CommitOutcome publish(ChangePlan plan, Computed computed) {
    try {
      return target.publish(plan.table(), computed.change());
    } catch (OrochiException failed) {
      delete(computed.change().files(), computed.io());
      throw failed;
    }
  }

  private void throwIfCancelled(Computed computed) {
    try {
      kernel.throwIfCancelled();
    } catch (OrochiException cancelled) {
      delete(computed.change().files(), computed.io());
      throw cancelled;
    }
  }

  private Computed compute(ChangePlan plan) {
    DigestingFileIO io = new DigestingFileIO(plan.table().io());
    Optional<RowDeletes> deletes =
        plan.placedScan().map(scan -> new RowDeletes(plan.table(), plan.files(scan)));
    try (StatementRows rows = new StatementRows(plan.table(), io)) {
      long changed = drop(plan, deletes) + read(plan, rows, deletes.orElse(null));
      List<DataFile> added = rows.finish();
      try {
        RowDeletes.Files gone =
            deletes
                .map(found -> found.write(io))
                .orElse(new RowDeletes.Files(List.of(), List.of(), List.of()));
        ChangedFiles files = files(plan, added, gone, io.drainDigests());
        return new Computed(new TableChange(plan.kind(), plan.basis(), files), changed, io);
      } catch (RuntimeException failed) {
        deleteQuietly(added, io);
        throw failed;
      }
    }
  }

  /** Files that lose all their rows without being read. */
  private static long drop(ChangePlan plan, Optional<RowDeletes> deletes) {
    if (plan.covered().isEmpty()) {
      return 0;
    }
    int read = plan.placedScan().orElseThrow().plan().tasks().size();
    for (int i = 0; i < plan.covered().size(); i++) {
      deletes.orElseThrow().addWholeFile(read + i);
    }
    return deletes.orElseThrow().count();
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

  private static OrochiException conflict(ChangePlan plan, String reason) {
    return OrochiException.of(
            OrochiErrorCode.COMMIT_CONFLICT, "Cannot commit to " + plan.table().name())
        .withDetail("Others changed the same rows each of " + ATTEMPTS + " times: " + reason)
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
