package io.orochi.table.kernel.changelog;

import io.orochi.table.kernel.changelog.ChangelogPlan.Origin;
import io.orochi.table.kernel.scan.ScanCounts;
import io.orochi.table.kernel.scan.ScanPlan;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.BaseFileScanTask;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.ResidualEvaluator;

/** Gathers files with the commits that changed them. */
final class PartBuilder {
  private static final ScanCounts NOT_COUNTED = new ScanCounts(0, 0, 0, 0);

  private final Table table;
  private final String schemaText;
  private final List<FileScanTask> inserted = new ArrayList<>();
  private final List<Origin> insertedBy = new ArrayList<>();
  private final List<FileScanTask> changed = new ArrayList<>();
  private final List<FileScanTask> after = new ArrayList<>();
  private final List<Origin> changedBy = new ArrayList<>();
  private final List<FileScanTask> removed = new ArrayList<>();
  private final List<Origin> removedBy = new ArrayList<>();

  PartBuilder(Table table) {
    this.table = table;
    this.schemaText = SchemaParser.toJson(table.schema());
  }

  void inserted(DataFile file, List<DeleteFile> deletes, Origin origin) {
    inserted.add(task(file, deletes));
    insertedBy.add(origin);
  }

  void removed(FileScanTask before, Origin origin) {
    removed.add(task(before.file(), before.deletes()));
    removedBy.add(origin);
  }

  void changed(FileScanTask before, FileScanTask now, Origin origin) {
    changed.add(task(before.file(), before.deletes()));
    after.add(task(now.file(), now.deletes()));
    changedBy.add(origin);
  }

  boolean isEmpty() {
    return inserted.isEmpty() && changed.isEmpty() && removed.isEmpty();
  }

  /** Equality deletes reach all files of their scope that are read together with theirs. */
  boolean needsPartOfItsOwn() {
    return java.util.stream.Stream.of(inserted, changed, after, removed)
        .flatMap(List::stream)
        .flatMap(task -> task.deletes().stream())
        .anyMatch(delete -> delete.content() == FileContent.EQUALITY_DELETES);
  }

  void addAll(PartBuilder other) {
    inserted.addAll(other.inserted);
    insertedBy.addAll(other.insertedBy);
    changed.addAll(other.changed);
    after.addAll(other.after);
    changedBy.addAll(other.changedBy);
    removed.addAll(other.removed);
    removedBy.addAll(other.removedBy);
  }

  ChangelogPlan.Part build(Schema columns) {
    List<FileScanTask> before = new ArrayList<>(changed);
    before.addAll(removed);
    List<Origin> deletedBy = new ArrayList<>(changedBy);
    deletedBy.addAll(removedBy);
    return new ChangelogPlan.Part(
        plan(columns, inserted),
        insertedBy,
        plan(columns, before),
        plan(columns, after),
        deletedBy);
  }

  private ScanPlan plan(Schema columns, List<FileScanTask> tasks) {
    return new ScanPlan(table, null, columns, tasks, NOT_COUNTED, NOT_COUNTED);
  }

  /** Always a new one, because the place of a file in a plan is found by its task. */
  private FileScanTask task(DataFile file, List<DeleteFile> deletes) {
    return new BaseFileScanTask(
        file,
        deletes.toArray(DeleteFile[]::new),
        schemaText,
        PartitionSpecParser.toJson(table.specs().get(file.specId())),
        ResidualEvaluator.unpartitioned(Expressions.alwaysTrue()));
  }
}
