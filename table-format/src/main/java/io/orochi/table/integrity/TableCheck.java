package io.orochi.table.integrity;

import io.orochi.table.digest.Digest;
import io.orochi.table.digest.TableDigests;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.integrity.FileCheck.Depth;
import io.orochi.table.integrity.TableFinding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;

/**
 * Looks at every file one snapshot of a table is read from. Changes nothing. A file that
 * maintenance deletes meanwhile is reported as missing.
 */
public final class TableCheck {
  private final Table table;
  private final Depth depth;
  private final TableDigests digests = new TableDigests();

  /**
   * @param depth with {@link Depth#DIGEST} every byte is read, and rows, bounds and positions are
   *     compared with the manifests too
   */
  public TableCheck(Table table, Depth depth) {
    this.table = table;
    this.depth = depth;
  }

  /**
   * What was found, in the order of the files, and one {@link Severity#INFO} that counts them.
   *
   * @throws OrochiException STORAGE_UNAVAILABLE
   */
  public List<TableFinding> of(Snapshot snapshot) {
    return damage(snapshot, SnapshotFiles.of(table, snapshot));
  }

  /** True if every file is there and, as far as it can be known, what was committed. */
  boolean isSound(Snapshot snapshot) {
    return of(snapshot).stream().noneMatch(TableFinding::isError);
  }

  List<TableFinding> damage(Snapshot snapshot, SnapshotFiles files) {
    List<TableFinding> findings = new ArrayList<>(files.findings());
    Map<String, Long> rows = new HashMap<>();
    files.data().forEach(file -> rows.put(file.location(), file.recordCount()));
    ContentCheck contents = new ContentCheck(table, rows);
    long unverified = 0;
    for (DataFile file : files.data()) {
      unverified += check(file, FileRole.DATA, findings);
      if (depth == Depth.DIGEST && !isDamaged(file, findings)) {
        contents.of(file).ifPresent(findings::add);
      }
    }
    Set<String> seen = new HashSet<>();
    for (DeleteFile file : files.deletes()) {
      if (seen.add(file.location())) {
        unverified += check(file, FileRole.DELETES, findings);
      }
      if (depth == Depth.DIGEST && !isDamaged(file, findings)) {
        contents.of(file).ifPresent(wrong -> findings.add(error(file, FileRole.DELETES, wrong)));
      }
    }
    if (files.complete()) {
      countRows(snapshot, files, findings);
    }
    findings.add(summary(snapshot, files.data().size() + seen.size(), unverified));
    return findings;
  }

  /** One if the file could not be compared with a digest. */
  private int check(ContentFile<?> file, FileRole role, List<TableFinding> findings) {
    Optional<Digest> digest;
    try {
      digest = digests.digestOf(table, file);
    } catch (OrochiException e) {
      if (e.code() != OrochiErrorCode.METADATA_CORRUPT) {
        throw e;
      }
      TableFinding statistics =
          new TableFinding(
              e.getMessage(), FileRole.STATISTICS, Severity.ERROR, String.valueOf(e.detail()));
      if (!findings.contains(statistics)) {
        findings.add(statistics);
      }
      digest = Optional.empty();
    }
    FileCheck check = FileCheck.of(table, file.location(), file.fileSizeInBytes(), digest, depth);
    if (check.verdict().isDamage()) {
      findings.add(error(file, role, "It " + check.detail()));
    }
    return digest.isEmpty() ? 1 : 0;
  }

  private static boolean isDamaged(ContentFile<?> file, List<TableFinding> findings) {
    return findings.stream()
        .anyMatch(finding -> finding.isError() && finding.file().equals(file.location()));
  }

  private static TableFinding error(ContentFile<?> file, FileRole role, String detail) {
    return new TableFinding(file.location(), role, Severity.ERROR, detail);
  }

  private static void countRows(
      Snapshot snapshot, SnapshotFiles files, List<TableFinding> findings) {
    String stated = snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP);
    long found = files.data().stream().mapToLong(DataFile::recordCount).sum();
    if (stated != null && Long.parseLong(stated) != found) {
      findings.add(
          new TableFinding(
              Long.toString(snapshot.snapshotId()),
              FileRole.SNAPSHOT,
              Severity.WARNING,
              "Its files have " + found + " rows, its summary says " + stated + "."));
    }
  }

  private TableFinding summary(Snapshot snapshot, long files, long unverified) {
    String how = depth == Depth.DIGEST ? "read" : "looked at";
    return new TableFinding(
        Long.toString(snapshot.snapshotId()),
        FileRole.SNAPSHOT,
        unverified > 0 ? Severity.WARNING : Severity.INFO,
        files + " files " + how + ", " + unverified + " of them have no digest.");
  }
}
