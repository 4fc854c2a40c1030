package io.orochi.table.kernel.scan;

import io.orochi.table.layout.TableLayout;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The files of one snapshot that a request must read. Immutable; valid as long as the snapshot is
 * not expired.
 *
 * @param snapshotId null if the table has no snapshot
 * @param schema the requested columns as the snapshot's reader sees them
 * @param tasks whole files, each with its own deletes
 * @param totals of the whole snapshot
 */
public record ScanPlan(
    Table table,
    Long snapshotId,
    Schema schema,
    List<FileScanTask> tasks,
    ScanCounts read,
    LazyCounts totals) {
  public ScanPlan {
    tasks = List.copyOf(tasks);
  }

  public ScanPlan(
      Table table,
      Long snapshotId,
      Schema schema,
      List<FileScanTask> tasks,
      ScanCounts read,
      ScanCounts total) {
    this(table, snapshotId, schema, tasks, read, LazyCounts.of(total));
  }

  /**
   * What the whole snapshot holds; may read its manifests.
   *
   * @throws io.orochi.table.error.OrochiException METADATA_CORRUPT
   */
  public ScanCounts total() {
    return totals.get();
  }

  /**
   * The same scan without the files that cannot hold a row for which a condition is true; the scan
   * itself if the condition does not fit its columns.
   */
  public ScanPlan narrow(Expression condition) {
    FileCondition held;
    try {
      held = new FileCondition(schema, condition);
    } catch (ValidationException | IllegalArgumentException notOfThisTable) {
      return this;
    }
    return only(tasks.stream().filter(task -> held.mayHold(task.spec(), task.file())).toList());
  }

  /**
   * False if as far as metadata knows one value of a column may be in every file: then few values
   * rule a file out.
   */
  public boolean tellsApart(String column) {
    NestedField field = schema.findField(column);
    return field == null || FileBounds.tellApart(tasks, field);
  }

  /** The same scan of those of its files that some of the parts read. */
  public ScanPlan inAny(List<ScanPlan> parts) {
    Set<FileScanTask> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    parts.forEach(part -> kept.addAll(part.tasks()));
    return only(tasks.stream().filter(kept::contains).toList());
  }

  /** The same scan of some of its files. */
  public ScanPlan only(List<FileScanTask> some) {
    TableLayout layout = TableLayout.of(table).orElse(null);
    return new ScanPlan(
        table, snapshotId, schema, some, ScanCounts.of(table, layout, some), totals);
  }

  /** What is read, by the tier it is on. */
  public List<TierCounts> tiers() {
    return TierCounts.of(table, tasks);
  }

  public long filesRead() {
    return read.files();
  }

  public long filesTotal() {
    return total().files();
  }

  public long bytesRead() {
    return read.bytes();
  }

  public long bytesTotal() {
    return total().bytes();
  }

  public long chunksRead() {
    return read.chunks();
  }

  public long chunksTotal() {
    return total().chunks();
  }

  public long shardsRead() {
    return read.shards();
  }

  public long shardsTotal() {
    return total().shards();
  }
}
