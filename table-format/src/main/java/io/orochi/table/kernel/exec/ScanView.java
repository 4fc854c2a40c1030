package io.orochi.table.kernel.exec;

import io.orochi.table.kernel.deletes.DeleteMemory;
import io.orochi.table.kernel.deletes.KeptRows;
import io.orochi.table.kernel.files.FileLease;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.sql.KernelTypes;
import io.orochi.table.kernel.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Writes a planned scan as an item of a FROM clause. Closing it gives back what its scans hold in
 * memory, after the last query.
 */
public final class ScanView implements AutoCloseable {
  public static final String FILE = "$file";
  public static final String POSITION = "$position";

  private final FileShapes shapes;
  private final DeleteMemory deletes;
  private final TempNames names;
  private final List<KeptRows.Scan> scans = new ArrayList<>();

  public ScanView(FileShapes shapes, DeleteMemory deletes, TempNames names) {
    this.shapes = shapes;
    this.deletes = deletes;
    this.names = names;
  }

  /**
   * Returns a SELECT in parentheses; the temp tables it reads live as long as the connection. A
   * view would bind the files once more than the query does.
   */
  public String create(Connection connection, ScanPlan plan, FileLease lease) throws SQLException {
    return create(connection, plan, lease, null);
  }

  /**
   * The same with the columns {@link #FILE}, the place in the plan's files, and {@link #POSITION}.
   */
  public String createWithPositions(Connection connection, ScanPlan plan, FileLease lease)
      throws SQLException {
    Map<FileScanTask, Integer> places = new IdentityHashMap<>();
    plan.tasks().forEach(task -> places.put(task, places.size()));
    return create(connection, plan, lease, places);
  }

  /**
   * @param places of files in the plan; null if positions are not wanted
   */
  private String create(
      Connection connection, ScanPlan plan, FileLease lease, Map<FileScanTask, Integer> places)
      throws SQLException {
    List<NestedField> columns = plan.schema().columns();
    List<String> parts = new ArrayList<>();
    for (FileGroup group : new FileGroups(plan, lease, shapes).of(connection)) {
      parts.add(select(connection, plan, lease, group, places));
    }
    String text =
        parts.isEmpty() ? nothing(columns, places != null) : String.join(" UNION ALL ", parts);
    return "(" + text + ")";
  }

  private String select(
      Connection connection,
      ScanPlan plan,
      FileLease lease,
      FileGroup group,
      Map<FileScanTask, Integer> places)
      throws SQLException {
    List<NestedField> columns = plan.schema().columns();
    GroupSql sql = new GroupSql(lease);
    if (!group.kind().hasDeletes() && places == null) {
      return sql.plain(group, columns);
    }
    List<NestedField> needed = new ArrayList<>(columns);
    StringBuilder joins = new StringBuilder();
    PositionDeletes.Text positions =
        group.kind().positionDeletes()
            ? new PositionDeletes(deletes, lease).resolve(connection, group, names.next(), scans)
            : PositionDeletes.Text.NONE;
    joins.append(positions.joins());
    if (group.kind().equalityDeletes()) {
      EqualityDeletes equal = new EqualityDeletes(plan.table(), lease, names);
      joins.append(equal.joins(connection, group));
      equal.keys(group).stream()
          .filter(key -> columns.stream().noneMatch(column -> column.fieldId() == key.fieldId()))
          .forEach(needed::add);
    }
    List<String> list = new ArrayList<>(sql.columnsOf(group, columns));
    if (places != null) {
      list.add(placeOf(group, places) + " AS " + SqlText.identifier(FILE));
      list.add("r.file_row_number AS " + SqlText.identifier(POSITION));
    }
    return sql.joined(group, String.join(", ", list), needed, joins + positions.where());
  }

  private static String placeOf(FileGroup group, Map<FileScanTask, Integer> places) {
    if (group.tasks().size() == places.size()) {
      return "CAST(r.file_index AS INTEGER)";
    }
    return group.tasks().stream()
        .map(task -> places.get(task).toString())
        .collect(
            Collectors.joining(", ", "CAST([", "][CAST(r.file_index AS BIGINT) + 1] AS INTEGER)"));
  }

  @Override
  public void close() {
    scans.forEach(KeptRows.Scan::close);
    scans.clear();
  }

  private static String nothing(List<NestedField> columns, boolean positions) {
    List<String> list = new ArrayList<>();
    for (NestedField column : columns) {
      list.add(nullAs(KernelTypes.nameOf(column.type()), column.name()));
    }
    if (positions) {
      list.add(nullAs("INTEGER", FILE));
      list.add(nullAs("BIGINT", POSITION));
    }
    return "SELECT " + String.join(", ", list) + " WHERE false";
  }

  private static String nullAs(String type, String name) {
    return "CAST(NULL AS " + type + ") AS " + SqlText.identifier(name);
  }
}
