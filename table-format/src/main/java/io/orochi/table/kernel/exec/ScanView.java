package io.orochi.table.kernel.exec;

import io.orochi.table.kernel.files.FileLease;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.sql.KernelTypes;
import io.orochi.table.kernel.sql.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Types.NestedField;

/** Writes a planned scan as an item of a FROM clause. */
public final class ScanView {
  private final FileShapes shapes;
  private final TempNames names;

  public ScanView(FileShapes shapes, TempNames names) {
    this.shapes = shapes;
    this.names = names;
  }

  /**
   * Returns a SELECT in parentheses; the temp tables it reads live as long as the connection. A view
   * would bind the files once more than the query does.
   */
  public String create(Connection connection, ScanPlan plan, FileLease lease) throws SQLException {
    List<NestedField> columns = plan.schema().columns();
    List<String> parts = new ArrayList<>();
    for (FileGroup group : new FileGroups(plan, lease, shapes).of(connection)) {
      parts.add(select(connection, plan, lease, group));
    }
    String text = parts.isEmpty() ? nothing(columns) : String.join(" UNION ALL ", parts);
    return "(" + text + ")";
  }

  private String select(Connection connection, ScanPlan plan, FileLease lease, FileGroup group)
      throws SQLException {
    List<NestedField> columns = plan.schema().columns();
    GroupSql sql = new GroupSql(lease);
    if (!group.kind().hasDeletes()) {
      return sql.plain(group, columns);
    }
    List<NestedField> needed = new ArrayList<>(columns);
    StringBuilder joins = new StringBuilder();
    if (group.kind().positionDeletes()) {
      joins.append(new PositionDeletes(lease, names).join(connection, group));
    }
    if (group.kind().equalityDeletes()) {
      EqualityDeletes deletes = new EqualityDeletes(plan.table(), lease, names);
      joins.append(deletes.joins(connection, group));
      deletes.keys(group).stream()
          .filter(key -> columns.stream().noneMatch(column -> column.fieldId() == key.fieldId()))
          .forEach(needed::add);
    }
    return sql.withDeletes(group, columns, needed, joins.toString());
  }

  private static String nothing(List<NestedField> columns) {
    return columns.stream()
        .map(
            column ->
                "CAST(NULL AS "
                    + KernelTypes.nameOf(column.type())
                    + ") AS "
                    + SqlText.identifier(column.name()))
        .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
  }
}
