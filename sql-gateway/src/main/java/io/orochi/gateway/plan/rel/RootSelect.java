package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.sql.CannotExpress;
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
      columns.add(block.column(field.getIndex()).called(field.getName()));
    }
    return block.withColumns(columns).select();
  }
}
