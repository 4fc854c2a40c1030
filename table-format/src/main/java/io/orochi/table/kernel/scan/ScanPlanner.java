package io.orochi.table.kernel.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.TableLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Binder;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.ExpressionParser;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Finds the files a request must read, with Iceberg's metadata alone. Plans are kept by snapshot,
 * columns and filter, the files they name being immutable. Safe to share between threads.
 */
public final class ScanPlanner {
  private static final long FILES_KEPT = 500_000;

  private final SnapshotTotals totals = new SnapshotTotals();
  private final FileSearch search = new FileSearch();
  private final Cache<Key, ScanPlan> plans =
      Caffeine.newBuilder()
          .maximumWeight(FILES_KEPT)
          .weigher((Key key, ScanPlan plan) -> 10 + plan.tasks().size())
          .build();

  private record Key(
      String location,
      long snapshotId,
      int schemaId,
      List<String> columns,
      String filter,
      Set<String> statistics,
      ScanRequest.SchemaOf schemaOf,
      TableLayout layout) {}

  /**
   * Uses the table as it was last loaded; does not refresh it.
   *
   * @throws OrochiException COLUMN_NOT_FOUND, SNAPSHOT_NOT_FOUND or METADATA_CORRUPT
   */
  public ScanPlan plan(Table table, ScanRequest request) {
    Snapshot snapshot = snapshotOf(table, request);
    Schema schema = project(schemaOf(table, request), request.columns());
    if (snapshot == null) {
      return new ScanPlan(table, null, schema, List.of(), ScanCounts.NONE, ScanCounts.NONE);
    }
    TableLayout layout = TableLayout.of(table).orElse(null);
    Optional<String> filter = textOf(request.filter());
    if (filter.isEmpty()) {
      return planFiles(table, snapshot, schema, request, layout);
    }
    // a table dropped and created again has other snapshot ids
    Key key =
        new Key(
            table.location(),
            snapshot.snapshotId(),
            table.schema().schemaId(),
            request.columns(),
            filter.get(),
            request.statistics(),
            request.schema(),
            layout);
    ScanPlan plan = plans.get(key, k -> planFiles(table, snapshot, schema, request, layout));
    return new ScanPlan(table, plan.snapshotId(), schema, plan.tasks(), plan.read(), plan.totals());
  }

  private static Snapshot snapshotOf(Table table, ScanRequest request) {
    if (request.snapshotId() == null) {
      return table.currentSnapshot();
    }
    Snapshot snapshot = table.snapshot(request.snapshotId());
    if (snapshot == null) {
      throw OrochiException.of(
              OrochiErrorCode.SNAPSHOT_NOT_FOUND,
              "Cannot find snapshot " + request.snapshotId() + " of table " + table.name())
          .withHint("It may have expired; a later one may hold the rows.");
    }
    return snapshot;
  }

  private static Schema schemaOf(Table table, ScanRequest request) {
    return request.snapshotId() == null || request.schema() == ScanRequest.SchemaOf.TABLE
        ? table.schema()
        : SnapshotUtil.schemaFor(table, request.snapshotId());
  }

  private static Schema project(Schema schema, List<String> columns) {
    if (columns.isEmpty()) {
      return schema;
    }
    List<Types.NestedField> fields = new ArrayList<>(columns.size());
    for (String column : columns) {
      Types.NestedField field = schema.asStruct().field(column);
      if (field == null) {
        throw OrochiException.of(OrochiErrorCode.COLUMN_NOT_FOUND, "Cannot find column " + column)
            .withDetail("The columns are " + columnNames(schema) + ".");
      }
      fields.add(field);
    }
    return new Schema(fields);
  }

  private static String columnNames(Schema schema) {
    return String.join(", ", schema.columns().stream().map(Types.NestedField::name).toList());
  }

  private ScanPlan planFiles(
      Table table, Snapshot snapshot, Schema schema, ScanRequest request, TableLayout layout) {
    return reading(
        table,
        () -> {
          Expression filter = filterOf(table, snapshot, request);
          List<FileScanTask> tasks =
              search
                  .find(
                      table,
                      snapshot,
                      schemaOf(table, request),
                      filter,
                      statisticsOf(table, request))
                  .orElseGet(() -> tasksOf(table, snapshot, filter, request));
          ScanCounts read = ScanCounts.of(table, layout, tasks);
          LazyCounts total =
              filter.op() == Expression.Operation.TRUE
                  ? LazyCounts.of(read)
                  : LazyCounts.when(() -> reading(table, () -> totals.of(table, snapshot, layout)));
          return new ScanPlan(table, snapshot.snapshotId(), schema, tasks, read, total);
        });
  }

  private static <T> T reading(Table table, Supplier<T> metadata) {
    try {
      return metadata.get();
    } catch (NotFoundException | UncheckedIOException e) {
      throw unreadable(table, e);
    } catch (RuntimeException e) {
      // Iceberg's workers wrap what stopped them
      throw OrochiException.findIn(e).isPresent() ? unreadable(table, e) : e;
    }
  }

  private static OrochiException unreadable(Table table, RuntimeException cause) {
    return OrochiException.findIn(cause)
        .orElseGet(
            () ->
                OrochiException.of(
                        OrochiErrorCode.METADATA_CORRUPT,
                        "Cannot read the metadata of table " + table.name())
                    .withDetail(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""))
                    .withHint("Check the storage of the table, or read an older snapshot.")
                    .causedBy(cause));
  }

  private static List<FileScanTask> tasksOf(
      Table table, Snapshot snapshot, Expression filter, ScanRequest request) {
    TableScan scan =
        table.newScan().useSnapshot(snapshot.snapshotId()).ignoreResiduals().filter(filter);
    Set<String> statistics = new HashSet<>();
    Schema then = SnapshotUtil.schemaFor(table, snapshot.snapshotId());
    for (int column : statisticsOf(table, request)) {
      // Iceberg wants them by the names of the snapshot's schema, without columns added since
      String name = then.findColumnName(column);
      if (name != null) {
        statistics.add(name);
      }
    }
    if (!statistics.isEmpty()) {
      scan = scan.includeColumnStats(statistics);
    }
    List<FileScanTask> tasks = new ArrayList<>();
    try (CloseableIterable<FileScanTask> files = scan.planFiles()) {
      files.forEach(tasks::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tasks;
  }

  private static Set<Integer> statisticsOf(Table table, ScanRequest request) {
    Schema asked = schemaOf(table, request);
    Set<Integer> columns = new HashSet<>();
    for (String column : request.statistics()) {
      Types.NestedField field = asked.asStruct().field(column);
      if (field != null) {
        columns.add(field.fieldId());
      }
    }
    return columns;
  }

  /**
   * Iceberg looks a filter's names up in the snapshot's schema and in that of today; a name that is
   * not the same column in all of them prunes nothing, nor does a filter that cannot be bound: the
   * query filters rows anyway.
   */
  private static Expression filterOf(Table table, Snapshot snapshot, ScanRequest request) {
    if (request.filter().op() == Expression.Operation.TRUE) {
      return request.filter();
    }
    Schema asked = schemaOf(table, request);
    Schema then = SnapshotUtil.schemaFor(table, snapshot.snapshotId());
    return binds(request.filter(), asked)
            && binds(request.filter(), then)
            && namesTheSame(request.filter(), asked, then)
            && namesTheSame(request.filter(), asked, table.schema())
        ? request.filter()
        : Expressions.alwaysTrue();
  }

  private static boolean namesTheSame(Expression filter, Schema asked, Schema other) {
    return asked.schemaId() == other.schemaId()
        || Binder.boundReferences(asked.asStruct(), List.of(filter), true).stream()
            .allMatch(id -> asked.findColumnName(id).equals(other.findColumnName(id)));
  }

  private static boolean binds(Expression filter, Schema schema) {
    try {
      Binder.bind(schema.asStruct(), filter, true);
      return true;
    } catch (ValidationException | IllegalArgumentException unbound) {
      return false;
    }
  }

  private static Optional<String> textOf(Expression filter) {
    try {
      return Optional.of(ExpressionParser.toJson(filter));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
