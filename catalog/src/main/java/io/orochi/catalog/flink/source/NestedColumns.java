package io.orochi.catalog.flink.source;

import io.orochi.table.kernel.sql.SqlText;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.expressions.Expressions;

/** Fields of rows as columns that the kernel takes out of them. */
final class NestedColumns {
  private NestedColumns() {}

  /**
   * @param columns of the table
   * @param paths to each column that is wanted: the number of the column, and of the field in each
   *     row
   * @param wanted their names and types
   */
  static ComputedColumns of(RowType columns, int[][] paths, RowType wanted) {
    List<String> values = new ArrayList<>();
    Set<String> read = new LinkedHashSet<>();
    for (int[] path : paths) {
      String column = columns.getFieldNames().get(path[0]);
      LogicalType type = columns.getTypeAt(path[0]);
      String value = SqlText.identifier(column);
      for (int depth = 1; depth < path.length; depth++) {
        RowType row = (RowType) type;
        String field = SqlText.literal(row.getFieldNames().get(path[depth]));
        value = "struct_extract(" + value + ", " + field + ")";
        type = row.getTypeAt(path[depth]);
      }
      values.add(value);
      read.add(column);
    }
    return new ComputedColumns(
        values, List.of(), Expressions.alwaysTrue(), read, wanted, ZoneOffset.UTC);
  }
}
