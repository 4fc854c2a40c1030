package io.orochi.table.kernel.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.BaseFileScanTask;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Binder;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.ManifestEvaluator;
import org.apache.iceberg.expressions.ResidualEvaluator;

/**
 * Chooses the files of a snapshot as Iceberg's scan does, but from manifests that stay in memory.
 * Safe to share between threads.
 */
final class FileSearch {
  private static final DeleteFile[] NO_DELETES = {};
  private static final ResidualEvaluator NO_RESIDUALS =
      ResidualEvaluator.unpartitioned(Expressions.alwaysTrue());

  /** Compares by identity: a schema or a spec that is loaded again is written again. */
  private final Cache<Object, String> texts = Caffeine.newBuilder().weakKeys().build();

  private final KnownFiles files = new KnownFiles();
  private final DeletionVectors vectors = new DeletionVectors();

  /**
   * @param schema that the filter's names and the columns are of
   * @param filter bindable to it; each name is the same column in the table's schema of today
   * @param statistics names of columns whose statistics the tasks keep
   * @return empty if only Iceberg's own scan can tell which deletes belong to a file
   */
  Optional<List<FileScanTask>> find(
      Table table, Snapshot snapshot, Schema schema, Expression filter, Set<Integer> statistics) {
    Optional<Map<String, DeleteFile>> deletes = vectors.of(table, snapshot);
    if (deletes.isEmpty()) {
      return Optional.empty();
    }
    Set<Integer> columns = new HashSet<>(statistics);
    columns.addAll(columnsOf(schema, filter));
    List<ManifestFile> manifests = manifests(table, snapshot, filter);
    List<ListedFiles> listed = files.of(table, manifests, columns);
    boolean all = filter.op() == Expression.Operation.TRUE;
    FileCondition condition = all ? null : new FileCondition(schema, filter);
    Maker maker = new Maker(table, deletes.get(), statistics);
    List<FileScanTask> tasks = new ArrayList<>();
    for (ListedFiles some : listed) {
      for (DataFile file : all ? some.all() : some.within(condition.range(some.spec()))) {
        if (all || condition.mayHold(some.spec(), file)) {
          tasks.add(maker.task(file));
        }
      }
    }
    return Optional.of(tasks);
  }

  private static Set<Integer> columnsOf(Schema schema, Expression filter) {
    return switch (filter.op()) {
      case TRUE, FALSE -> Set.of();
      default -> Binder.boundReferences(schema.asStruct(), List.of(filter), true);
    };
  }

  private static List<ManifestFile> manifests(Table table, Snapshot snapshot, Expression filter) {
    Map<Integer, ManifestEvaluator> evaluators = new HashMap<>();
    return snapshot.dataManifests(table.io()).stream()
        .filter(manifest -> manifest.hasAddedFiles() || manifest.hasExistingFiles())
        .filter(
            manifest ->
                evaluators
                    .computeIfAbsent(
                        manifest.partitionSpecId(),
                        id -> ManifestEvaluator.forRowFilter(filter, table.specs().get(id), true))
                    .eval(manifest))
        .toList();
  }

  /** Makes tasks of whole files. */
  private final class Maker {
    private final Map<Integer, PartitionSpec> specs;
    private final Map<String, DeleteFile> deletes;
    private final Set<Integer> statistics;
    private final String schema;

    Maker(Table table, Map<String, DeleteFile> deletes, Set<Integer> statistics) {
      this.specs = table.specs();
      this.deletes = deletes;
      this.statistics = statistics;
      Schema today = table.schema();
      this.schema = texts.get(today, unwritten -> SchemaParser.toJson(today));
    }

    FileScanTask task(DataFile file) {
      PartitionSpec spec = specs.get(file.specId());
      DeleteFile vector = deletes.isEmpty() ? null : deletes.get(file.location());
      return new BaseFileScanTask(
          kept(file),
          vector == null ? NO_DELETES : new DeleteFile[] {vector},
          schema,
          texts.get(spec, unwritten -> PartitionSpecParser.toJson(spec)),
          NO_RESIDUALS);
    }

    private DataFile kept(DataFile file) {
      if (!statistics.isEmpty()) {
        return file.copyWithStats(statistics);
      }
      return file.lowerBounds() == null && file.nullValueCounts() == null
          ? file
          : file.copyWithoutStats();
    }
  }
}
