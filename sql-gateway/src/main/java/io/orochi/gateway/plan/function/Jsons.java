package io.orochi.gateway.plan.function;

import org.apache.flink.table.api.JsonValueOnEmptyOrError;
import org.apache.flink.table.runtime.functions.SqlJsonUtils;

/** JSON functions without clauses. */
final class Jsons {
  private Jsons() {}

  static String value(String json, String path) {
    Object value =
        SqlJsonUtils.jsonValue(
            json, path, JsonValueOnEmptyOrError.NULL, null, JsonValueOnEmptyOrError.NULL, null);
    return value == null ? null : String.valueOf(value);
  }

  static Boolean exists(String json, String path) {
    return SqlJsonUtils.jsonExists(json, path);
  }

  static Boolean isValue(String text) {
    return SqlJsonUtils.isJsonValue(text);
  }

  static Boolean isObject(String text) {
    return SqlJsonUtils.isJsonObject(text);
  }

  static Boolean isArray(String text) {
    return SqlJsonUtils.isJsonArray(text);
  }

  static Boolean isScalar(String text) {
    return SqlJsonUtils.isJsonScalar(text);
  }
}
