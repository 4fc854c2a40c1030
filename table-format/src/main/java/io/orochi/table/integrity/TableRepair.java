package io.orochi.table.integrity;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.integrity.FileCheck.Depth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Makes a damaged table readable again and says what that costs. Damaged files are copied aside
 * first and are never deleted. Reads every byte of the table.
 */
public final class TableRepair {
  private final Table table;
  private final KeptAside aside;
  private final TimeRange times;

  public TableRepair(Table table) {
    this.table = table;
    this.aside = new KeptAside(table);
    this.times = new TimeRange(table);
  }

  /** Whether a repair is made or only foretold. */
  public enum Run {
    REAL,
    DRY
  }

  /**
   * Takes damaged files out of the table, in one commit. Empty if there are none.
   *
   * @throws OrochiException METADATA_CORRUPT if a manifest is damaged: the files it names cannot be
   *     told apart
   */
  public List<Loss> dropFiles(Run run) {
    Snapshot current = table.currentSnapshot();
    if (current == null) {
      return List.of();
    }
    SnapshotFiles files = SnapshotFiles.of(table, current);
    if (!files.complete()) {
      TableFinding first = files.findings().get(0);
      throw OrochiException.of(
              OrochiErrorCode.METADATA_CORRUPT,
              "Cannot drop single files of table " + table.name() + ": " + first.file())
          .withDetail("The " + first.role().text() + " that names them is damaged.")
          .withHint("CALL sys.repair_table with mode 'rollback'.");
    }
    Set<String> damaged = new HashSet<>();
    new TableCheck(table, Depth.DIGEST)
        .damage(current, files).stream()
            .filter(TableFinding::isError)
            .forEach(finding -> damaged.add(finding.file()));
    List<Loss> losses = new ArrayList<>();
    RowDelta delta = table.newRowDelta();
    for (DataFile file : files.data()) {
      if (damaged.contains(file.location())) {
        losses.add(loss(file, run));
        delta.removeRows(file);
      }
    }
    Set<String> gone = new HashSet<>(losses.stream().map(Loss::file).toList());
    for (DeleteFile file : files.deletes()) {
      if (damaged.contains(file.location()) || gone.contains(file.referencedDataFile())) {
        if (damaged.contains(file.location())) {
          losses.add(loss(file, run));
        }
        delta.removeDeletes(file);
      }
    }
    if (run == Run.REAL && !losses.isEmpty()) {
      delta.validateFromSnapshot(current.snapshotId());
      delta.set("orochi.repair", "drop-files");
      delta.commit();
    }
    return losses;
  }

  private Loss loss(DataFile file, Run run) {
    return new Loss(
        file.location(),
        FileRole.DATA,
        "dropped",
        file.recordCount(),
        times.from(file),
        times.to(file),
        keep(file.location(), run));
  }

  private Loss loss(DeleteFile file, Run run) {
    return new Loss(
        file.location(),
        FileRole.DELETES,
        "dropped, its rows come back",
        -file.recordCount(),
        null,
        null,
        keep(file.location(), run));
  }

  private String keep(String file, Run run) {
    return run == Run.REAL ? aside.keep(file) : null;
  }

  /**
   * Rolls the table back to the newest snapshot of its history every file of which is sound. Empty
   * if that is the current one.
   *
   * @throws OrochiException METADATA_CORRUPT if no snapshot is sound
   */
  public List<Loss> rollBack(Run run) {
    TableCheck check = new TableCheck(table, Depth.DIGEST);
    List<Loss> losses = new ArrayList<>();
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      List<TableFinding> findings = check.of(snapshot);
      if (findings.stream().noneMatch(TableFinding::isError)) {
        if (run == Run.REAL && !losses.isEmpty()) {
          table.manageSnapshots().rollbackTo(snapshot.snapshotId()).commit();
        }
        return losses;
      }
      losses.add(lost(snapshot));
      for (TableFinding finding : findings) {
        if (finding.isError() && losses.stream().noneMatch(l -> l.file().equals(finding.file()))) {
          losses.add(damagedFile(finding, run));
        }
      }
    }
    if (losses.isEmpty()) {
      return losses;
    }
    throw OrochiException.of(
            OrochiErrorCode.METADATA_CORRUPT,
            "Cannot roll back table " + table.name() + ": no snapshot is sound")
        .withDetail("All that is left of its history depends on damaged files.")
        .withHint("Restore a backup, or CALL sys.repair_table with mode 'drop_files'.");
  }

  private Loss damagedFile(TableFinding finding, Run run) {
    String kept = finding.role() == FileRole.STATISTICS ? null : keep(finding.file(), run);
    return new Loss(
        finding.file(), finding.role(), "damaged: " + finding.detail(), 0, null, null, kept);
  }

  private static Loss lost(Snapshot snapshot) {
    String added = snapshot.summary().get(SnapshotSummary.ADDED_RECORDS_PROP);
    return new Loss(
        Long.toString(snapshot.snapshotId()),
        FileRole.SNAPSHOT,
        snapshot.operation() + " undone",
        added == null ? 0 : Long.parseLong(added),
        null,
        null,
        null);
  }
}
