package io.orochi.gateway.plan.insert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.sql.parser.dml.RichSqlInsert;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.UnresolvedIdentifier;
import org.apache.flink.table.types.logical.LogicalType;

/** The columns that the values of an INSERT go to, in the order of the values. */
public final class InsertedColumns {
  private InsertedColumns() {}

  /** Empty if Flink should say what is wrong, or some columns take a value of PARTITION (...). */
  public static Optional<List<LogicalType>> of(RichSqlInsert insert, CatalogManager catalogs) {
    if (!insert.getStaticPartitions().isEmpty()
        || !(insert.getTargetTableID() instanceof SqlIdentifier name)) {
      return Optional.empty();
    }
    Optional<List<Column>> columns =
        catalogs
            .getTable(catalogs.qualifyIdentifier(UnresolvedIdentifier.of(name.names)))
            .map(ContextResolvedTable::getResolvedSchema)
            .map(schema -> schema.getColumns().stream().filter(Column::isPersisted).toList());
    return insert.getTargetColumnList() == null
        ? columns.map(all -> all.stream().map(InsertedColumns::type).toList())
        : columns.flatMap(all -> named(insert, all));
  }

  private static Optional<List<LogicalType>> named(RichSqlInsert insert, List<Column> columns) {
    List<LogicalType> types = new ArrayList<>();
    for (SqlNode name : insert.getTargetColumnList()) {
      Optional<Column> column =
          columns.stream().filter(c -> c.getName().equals(name.toString())).findFirst();
      if (column.isEmpty()) {
        return Optional.empty();
      }
      types.add(type(column.get()));
    }
    return Optional.of(types);
  }

  private static LogicalType type(Column column) {
    return column.getDataType().getLogicalType();
  }
}
