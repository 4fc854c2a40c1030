package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.sql.CannotExpress;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.util.ImmutableBitSet;

/** TUMBLE, HOP and CUMULATE. */
final class WindowTables {
  private WindowTables() {}

  static Block write(TableFunctionScan function, ImmutableBitSet needed, RelSql sql) {
    throw new CannotExpress("a table function");
  }
}
