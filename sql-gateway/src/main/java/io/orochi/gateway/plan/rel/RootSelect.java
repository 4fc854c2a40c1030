package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.KernelTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;

/** The outermost SELECT: its columns leave the kernel. */
final class RootSelect {
  private RootSelect() {}

  static String write(Block block, RelDataType row) {
    for (RelDataTypeField field : row.getFieldList()) {
      if (SqlTypeName.INTERVAL_TYPES.contains(field.getType().getSqlTypeName())) {
        throw new CannotExpress("an INTERVAL as a result");
      }
    }
    List<Column> columns = new ArrayList<>();
    for (RelDataTypeField field : row.getFieldList()) {
      columns.add(exact(block.column(field.getIndex()), field.getType()).called(field.getName()));
    }
    return block.withColumns(columns).select();
  }

  /** Inside a query the kernel's decimals have their scale but not always their precision. */
  private static Column exact(Column column, RelDataType type) {
    if (column.origin() != null || !holdsDecimal(type)) {
      return column;
    }
    String sql = "CAST(" + column.sql() + " AS " + KernelTypes.of(type) + ")";
    return new Column(sql, column.name(), false, column.window(), null);
  }

  private static boolean holdsDecimal(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case DECIMAL -> true;
      case ARRAY -> holdsDecimal(type.getComponentType());
      case MAP -> holdsDecimal(type.getKeyType()) || holdsDecimal(type.getValueType());
      case ROW -> type.getFieldList().stream().anyMatch(field -> holdsDecimal(field.getType()));
      default -> false;
    };
  }
}
