package io.orochi.gateway.plan.scan;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** Casts under which comparisons with the cast value are comparisons with the value itself. */
final class Widenings {
  private Widenings() {}

  static boolean keepsOrder(RelDataType from, RelDataType to) {
    SqlTypeName a = from.getSqlTypeName();
    SqlTypeName b = to.getSqlTypeName();
    if (SqlTypeName.INT_TYPES.contains(a)) {
      return SqlTypeName.INT_TYPES.contains(b)
          ? width(a) <= width(b)
          : b == SqlTypeName.DECIMAL && to.getPrecision() - to.getScale() >= 19;
    }
    if (a == SqlTypeName.DECIMAL && b == SqlTypeName.DECIMAL) {
      return to.getScale() >= from.getScale()
          && to.getPrecision() - to.getScale() >= from.getPrecision() - from.getScale();
    }
    if (SqlTypeName.CHAR_TYPES.contains(a)) {
      return b == SqlTypeName.VARCHAR && to.getPrecision() >= from.getPrecision();
    }
    return a == b
        && (a == SqlTypeName.TIMESTAMP || a == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
        && to.getPrecision() >= from.getPrecision();
  }

  private static int width(SqlTypeName type) {
    return SqlTypeName.INT_TYPES.indexOf(type);
  }
}
