package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.rel.tree.Names;
import io.orochi.gateway.plan.sql.CannotExpress;
import java.util.List;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** UNNEST of one array whose elements are not rows. */
final class Unnests {
  private Unnests() {}

  static Block write(Uncollect uncollect, RelSql sql) {
    RelDataType input = uncollect.getInput().getRowType();
    RelDataType array = input.getFieldList().get(0).getType();
    if (uncollect.withOrdinality
        || input.getFieldCount() != 1
        || array.getSqlTypeName() != SqlTypeName.ARRAY
        || array.getComponentType().isStruct()) {
      throw new CannotExpress("UNNEST of " + input);
    }
    Block block = sql.plain(sql.block(uncollect.getInput(), RelSql.all(uncollect.getInput())));
    String name = Names.unique(uncollect.getRowType()).get(0);
    Column element = new Column("unnest(" + block.column(0).sql() + ")", name, false, true, null);
    return sql.nested(block.withColumns(List.of(element)));
  }
}
