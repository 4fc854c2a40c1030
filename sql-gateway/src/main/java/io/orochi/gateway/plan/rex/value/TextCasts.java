package io.orochi.gateway.plan.rex.value;

import io.orochi.gateway.plan.sql.CannotExpress;
import org.apache.calcite.rel.type.RelDataType;

/** Values as text, spelt as Flink spells them. */
public final class TextCasts {
  private TextCasts() {}

  public static String write(String sql, RelDataType from, RelDataType to, int longestNumber) {
    if (Types.isText(from)) {
      return from.getPrecision() <= to.getPrecision() ? sql : shortened(sql, to);
    }
    String text = spelled(sql, from);
    return to.getPrecision() >= longestNumber * 2 ? text : shortened(text, to);
  }

  private static String shortened(String sql, RelDataType to) {
    return "left(" + sql + ", " + to.getPrecision() + ")";
  }

  private static String spelled(String sql, RelDataType from) {
    return switch (from.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, DATE -> "CAST(" + sql + " AS VARCHAR)";
      case DOUBLE -> "flink_text_of_double(CAST(" + sql + " AS VARCHAR))";
      case FLOAT, REAL -> "flink_text_of_float(CAST(" + sql + " AS VARCHAR))";
      case BOOLEAN -> "upper(CAST(" + sql + " AS VARCHAR))";
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          "strftime(" + sql + ", '" + pattern(from) + "')";
      default -> throw new CannotExpress("the spelling of " + from);
    };
  }

  private static String pattern(RelDataType from) {
    return "%Y-%m-%d %H:%M:%S"
        + switch (from.getPrecision()) {
          case 0 -> "";
          case 3 -> ".%g";
          case 6 -> ".%f";
          default -> throw new CannotExpress("the spelling of " + from);
        };
  }
}
