package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.rel.tree.Names;
import io.orochi.gateway.plan.rel.window.WindowCall;
import io.orochi.gateway.plan.rel.window.WindowTime;
import io.orochi.gateway.plan.sql.CannotExpress;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.util.ImmutableBitSet;

/** TABLE(TUMBLE(...)), HOP, CUMULATE and SESSION: rows with the windows they are in. */
final class WindowTables {
  private WindowTables() {}

  static Block write(TableFunctionScan function, ImmutableBitSet needed, RelSql sql) {
    if (!(function.getCall() instanceof RexCall call) || function.getInputs().size() != 1) {
      throw new CannotExpress("this table function");
    }
    RelDataType row = function.getInput(0).getRowType();
    int width = row.getFieldCount();
    WindowCall window = WindowCall.ofTable(call, row);
    WindowTime time =
        WindowTime.of(row.getFieldList().get(window.time()).getType(), sql.timeZone());
    ImmutableBitSet kept = needed.intersect(ImmutableBitSet.range(width));
    ImmutableBitSet read = kept.union(window.keys()).set(window.time());
    Block rows = WindowRows.of(sql.plain(sql.block(function.getInput(0), read)), window, time, sql);
    List<String> names = Names.unique(function.getRowType());
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      columns.add(kept.get(i) ? rows.column(i).called(names.get(i)) : null);
    }
    String end = rows.column(width + 1).sql();
    columns.add(column(WindowTime.local(rows.column(width).sql()), names.get(width)));
    columns.add(column(WindowTime.local(end), names.get(width + 1)));
    columns.add(needed.get(width + 2) ? column(time.last(end), names.get(width + 2)) : null);
    return rows.withColumns(columns);
  }

  private static Column column(String sql, String name) {
    return new Column(sql, name, false, false, null);
  }
}
