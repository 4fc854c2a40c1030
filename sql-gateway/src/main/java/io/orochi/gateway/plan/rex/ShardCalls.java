package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.Types;
import io.orochi.table.kernel.exec.ShardFunctions;
import io.orochi.table.layout.Distribution;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** {@code shard_for} of the module {@code orochi}, by Iceberg's own transform. */
final class ShardCalls {
  private ShardCalls() {}

  static void addTo(Map<String, Call.Rule> rules) {
    rules.put("SHARD_FOR", ShardCalls::write);
  }

  private static String write(Call call) {
    int shards = call.wholeNumber(1).orElseThrow(() -> call.refusal("a computed number of shards"));
    if (shards < 1 || shards > Distribution.SHARDS_MAX) {
      throw call.refusal("a number of shards out of range");
    }
    String value = call.sql(0);
    return call.typed(hashed(call, value) + ", " + shards + ")");
  }

  private static String hashed(Call call, String value) {
    RelDataType type = call.type(0);
    if (Types.isText(type)) {
      return ShardFunctions.OF_TEXT + "(CAST(" + value + " AS VARCHAR)";
    } else if (Types.isInteger(type)) {
      return ShardFunctions.OF_LONG + "(CAST(" + value + " AS BIGINT)";
    } else if (Types.isDecimal(type)) {
      return ShardFunctions.OF_DECIMAL + "(CAST(" + value + " AS VARCHAR)";
    } else if (Types.isDate(type)) {
      return ShardFunctions.OF_LONG
          + "(CAST(date_diff('day', DATE '1970-01-01', "
          + value
          + ") AS BIGINT)";
    } else if (Types.isTimestamp(type) && type.getPrecision() <= 6) {
      return ShardFunctions.OF_LONG + "(epoch_us(" + value + ")";
    } else if (SqlTypeName.BINARY_TYPES.contains(type.getSqlTypeName())) {
      return ShardFunctions.OF_HEX + "(hex(" + value + ")";
    }
    throw call.refusal("a key of type " + type);
  }
}
