package io.orochi.table.kernel.keys;

import io.orochi.table.commit.ChangeBasis;
import io.orochi.table.commit.Isolation;
import io.orochi.table.delete.RowDeletes;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.scan.ScanCounts;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.ScanRequest;
import io.orochi.table.layout.Dedup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.BaseFileScanTask;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.ResidualEvaluator;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Keeps the primary key of a table unique. The rows of a change are written first; then those that
 * must not stay, old or new, are deleted in the same change. Its basis makes it conflict with every
 * other commit that adds a row of these keys, so of two changes computed at once the second is
 * computed again, from a table that holds the first.
 */
public final class UniqueKeys {
  private final Table table;
  private final Dedup dedup;
  private final List<NestedField> key;
  private final List<String> columns;

  private UniqueKeys(Table table, Dedup dedup) {
    this.table = table;
    this.dedup = dedup;
    this.columns = Dedup.keyColumns(table.schema());
    this.key = columns.stream().map(table.schema()::findField).toList();
  }

  /** Empty if the table's keys are not kept unique. */
  public static Optional<UniqueKeys> of(Table table) {
    return Dedup.of(table).map(dedup -> new UniqueKeys(table, dedup));
  }

  /**
   * What keeping to the rule means for a change.
   *
   * @param leftOut new rows that do not stay because an older one does
   * @param range selects every row whose key a new row has
   */
  public record Kept(Long snapshotId, long leftOut, Expression range, boolean replacesRows) {
    /** The change's basis, given what it depended on before. */
    public ChangeBasis basis(ChangeBasis own) {
      Expression filter = replacesRows ? Expressions.or(own.filter(), range) : range;
      return new ChangeBasis(snapshotId, Isolation.UNIQUE_KEYS, filter);
    }
  }

  /**
   * Finds the rows that must not stay, in the table's current snapshot and among the new ones.
   *
   * @param deletes what the change deletes anyway; gets the rows to be deleted besides
   * @throws OrochiException DUPLICATE_KEY if an UPDATE or MERGE gives a row the key of another that
   *     has to stay
   */
  public Kept keep(NewRows rows, RowDeletes deletes, KeyKernel kernel) {
    Expression range = new KeyRange(key).of(rows.files());
    Snapshot snapshot = table.currentSnapshot();
    ScanPlan old =
        rows.replaceFiles()
            ? empty()
            : kernel.planner().plan(table, new ScanRequest(null, columns, range));
    long[] leftOut = new long[1];
    if (rows.count() > 1 || !old.tasks().isEmpty()) {
      kernel.run(
          (session, allocator) -> {
            ScanPlan fresh = fresh(rows.files());
            KeySql sql = new KeySql(session.registerWithPositions(fresh), columns);
            RowPlaces places = new RowPlaces(session, allocator);
            Search search = new Search(rows, sql, places, deletes);
            leftOut[0] = search.amongNew(fresh.tasks());
            if (!old.tasks().isEmpty()) {
              leftOut[0] += search.inTable(session.registerWithPositions(old), old, fresh);
            }
          });
    }
    Long snapshotId = snapshot == null ? null : snapshot.snapshotId();
    return new Kept(snapshotId, leftOut[0], range, rows.replaceRows());
  }

  private final class Search {
    private final NewRows rows;
    private final KeySql sql;
    private final RowPlaces places;
    private final RowDeletes deletes;

    Search(NewRows rows, KeySql sql, RowPlaces places, RowDeletes deletes) {
      this.rows = rows;
      this.sql = sql;
      this.places = places;
      this.deletes = deletes;
    }

    /**
     * @return how many new rows stay out for an older one
     */
    long amongNew(List<FileScanTask> fresh) {
      if (rows.count() < 2) {
        return 0;
      }
      boolean keepsOld = dedup.keepsOld();
      if (keepsOld && rows.replaceRows()) {
        places.visit(sql.repeated(KeySql.Stays.FIRST), (file, position) -> refuse());
        return 0;
      }
      KeySql.Stays stays = keepsOld ? KeySql.Stays.FIRST : KeySql.Stays.LAST;
      long gone = delete(fresh, sql.repeated(stays));
      return keepsOld ? gone : 0;
    }

    long inTable(String old, ScanPlan oldPlan, ScanPlan fresh) {
      if (!dedup.keepsOld()) {
        delete(oldPlan.tasks(), sql.met(old));
        return 0;
      }
      if (!rows.replaceRows()) {
        return delete(fresh.tasks(), sql.known(old));
      }
      int[] files = filesOf(oldPlan.tasks());
      places.visit(
          sql.met(old),
          (file, position) -> {
            if (!deletes.contains(files[file], position)) {
              refuse();
            }
          });
      return 0;
    }

    /** How many were not deleted before. */
    private long delete(List<FileScanTask> tasks, String query) {
      int[] files = filesOf(tasks);
      long[] gone = new long[1];
      places.visit(
          query,
          (file, position) -> {
            if (deletes.add(files[file], position)) {
              gone[0]++;
            }
          });
      return gone[0];
    }

    private int[] filesOf(List<FileScanTask> tasks) {
      return deletes.placesOf(tasks);
    }

    private void refuse() {
      throw OrochiException.of(
              OrochiErrorCode.DUPLICATE_KEY,
              "Cannot change %s: two rows would have one key".formatted(table.name()))
          .withDetail(
              "The primary key is (%s), and with orochi.dedup = %s no row takes the place of"
                      .formatted(String.join(", ", columns), dedup.text())
                  + " another.")
          .withHint("Change the rows to keys that no row has, or DELETE the others first.");
    }
  }

  private ScanPlan empty() {
    return plan(List.of());
  }

  private ScanPlan fresh(List<DataFile> files) {
    String schema = SchemaParser.toJson(table.schema());
    List<FileScanTask> tasks = new ArrayList<>();
    for (DataFile file : files) {
      PartitionSpec spec = table.specs().get(file.specId());
      tasks.add(
          new BaseFileScanTask(
              file,
              new DeleteFile[0],
              schema,
              PartitionSpecParser.toJson(spec),
              ResidualEvaluator.unpartitioned(Expressions.alwaysTrue())));
    }
    return plan(tasks);
  }

  private ScanPlan plan(List<FileScanTask> tasks) {
    ScanCounts counts = new ScanCounts(tasks.size(), 0, 0, 0);
    return new ScanPlan(table, null, new Schema(key), tasks, counts, counts);
  }
}
