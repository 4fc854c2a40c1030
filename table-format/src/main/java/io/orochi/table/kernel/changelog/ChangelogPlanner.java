package io.orochi.table.kernel.changelog;

import io.orochi.table.kernel.changelog.ChangelogPlan.Origin;
import io.orochi.table.kernel.scan.ScanPlanner;
import io.orochi.table.kernel.scan.ScanRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Finds the files that hold a table's changes, as SPEC.md 5 defines them, with Iceberg's metadata
 * alone. A snapshot that only appends costs its own manifests, another the plans of itself and of
 * its parent. Safe to share between threads.
 */
public final class ChangelogPlanner {
  private final ScanPlanner scans;

  public ChangelogPlanner(ScanPlanner scans) {
    this.scans = scans;
  }

  /**
   * @param snapshotId the last snapshot to look at; null for the current one
   * @param columns of the changelog
   * @param filter over the changelog's columns; prunes snapshots and files only
   */
  public ChangelogPlan plan(Table table, Long snapshotId, List<String> columns, Expression filter) {
    ChangelogFilter wanted = new ChangelogFilter(table.schema(), filter);
    Schema read = columns(table, columns);
    List<ChangelogPlan.Part> parts = new ArrayList<>();
    PartBuilder together = new PartBuilder(table);
    long looked = 0;
    for (Snapshot snapshot : ancestors(table, snapshotId)) {
      Snapshot parent = snapshot.parentId() == null ? null : table.snapshot(snapshot.parentId());
      if (snapshot.parentId() != null && parent == null) {
        break;
      }
      if (DataOperations.REPLACE.equals(snapshot.operation())) {
        continue;
      }
      PartBuilder one = changes(table, snapshot, parent, wanted);
      looked += one.isEmpty() ? 0 : 1;
      if (one.needsPartOfItsOwn()) {
        parts.add(one.build(read));
      } else {
        together.addAll(one);
      }
    }
    if (!together.isEmpty()) {
      parts.add(together.build(read));
    }
    return new ChangelogPlan(read, parts, looked);
  }

  /** At least one, for files cannot be read without a column. */
  private static Schema columns(Table table, List<String> wanted) {
    List<NestedField> columns =
        wanted.stream()
            .filter(name -> !ChangelogColumns.isOwn(name))
            .map(name -> table.schema().asStruct().field(name))
            .toList();
    return new Schema(columns.isEmpty() ? table.schema().columns().subList(0, 1) : columns);
  }

  private static Iterable<Snapshot> ancestors(Table table, Long snapshotId) {
    Snapshot newest =
        snapshotId == null ? table.currentSnapshot() : table.snapshot(snapshotId.longValue());
    return newest == null
        ? List.of()
        : SnapshotUtil.ancestorsOf(newest.snapshotId(), table::snapshot);
  }

  private PartBuilder changes(
      Table table, Snapshot snapshot, Snapshot parent, ChangelogFilter wanted) {
    PartBuilder found = new PartBuilder(table);
    Origin origin = new Origin(snapshot.snapshotId(), snapshot.timestampMillis() * 1_000);
    boolean inserts = wanted.mayHold(ChangeType.INSERT, origin.snapshotId(), origin.commitMicros());
    boolean deletes = wanted.mayHold(ChangeType.DELETE, origin.snapshotId(), origin.commitMicros());
    if (!inserts && !deletes) {
      return found;
    }
    SnapshotChanges changes = SnapshotChanges.builderFor(table).snapshot(snapshot).build();
    boolean removes = changes.removedDataFiles().iterator().hasNext();
    boolean deletesRows =
        changes.addedDeleteFiles().iterator().hasNext()
            || changes.removedDeleteFiles().iterator().hasNext();
    Map<String, FileScanTask> now = deletesRows ? files(table, snapshot) : Map.of();
    Map<String, FileScanTask> before =
        parent != null && (removes || deletesRows) ? files(table, parent) : Map.of();
    if (inserts) {
      for (DataFile file : changes.addedDataFiles()) {
        FileScanTask task = now.get(file.location());
        if (wanted.mayHold(file)) {
          found.inserted(file, task == null ? List.of() : task.deletes(), origin);
        }
      }
    }
    if (deletes) {
      addDeletes(changes, before, now, origin, wanted, found);
    }
    return found;
  }

  private static void addDeletes(
      SnapshotChanges changes,
      Map<String, FileScanTask> before,
      Map<String, FileScanTask> now,
      Origin origin,
      ChangelogFilter wanted,
      PartBuilder found) {
    for (DataFile file : changes.removedDataFiles()) {
      FileScanTask task = before.get(file.location());
      if (task != null && wanted.mayHold(file)) {
        found.removed(task, origin);
      }
    }
    now.forEach(
        (location, task) -> {
          FileScanTask old = before.get(location);
          if (old != null && !deletes(old).equals(deletes(task)) && wanted.mayHold(task.file())) {
            found.changed(old, task, origin);
          }
        });
  }

  private Map<String, FileScanTask> files(Table table, Snapshot snapshot) {
    ScanRequest everything =
        new ScanRequest(
            snapshot.snapshotId(), List.of(), Expressions.alwaysTrue(), ScanRequest.SchemaOf.TABLE);
    Map<String, FileScanTask> files = new HashMap<>();
    for (FileScanTask task : scans.plan(table, everything).tasks()) {
      files.put(task.file().location(), task);
    }
    return files;
  }

  /** A deletion vector is a place in a file that holds several. */
  private static Set<Object> deletes(FileScanTask task) {
    Set<Object> deletes = new HashSet<>();
    task.deletes()
        .forEach(
            delete ->
                deletes.add(
                    List.of(
                        delete.location(),
                        Objects.requireNonNullElse(delete.contentOffset(), -1L))));
    return deletes;
  }
}
