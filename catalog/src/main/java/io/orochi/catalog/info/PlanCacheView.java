package io.orochi.catalog.info;

import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** One row for each plan the server keeps. */
final class PlanCacheView implements InfoView {
  private static final String QUERY =
      "its text, with ? for constants that columns are compared with in WHERE";
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "query", Types.StringType.get(), QUERY),
          Types.NestedField.required(
              2, "database_name", Types.StringType.get(), "where names without one are found"),
          Types.NestedField.required(
              3, "hits", Types.LongType.get(), "executions that were not planned again"),
          Types.NestedField.required(
              4, "planned_ms", Types.DoubleType.get(), "what parsing and planning took"),
          Types.NestedField.required(5, "engine", Types.StringType.get(), "kernel"),
          Types.NestedField.required(
              6, "table_names", Types.StringType.get(), "whose next change ends the plan"),
          Types.NestedField.required(7, "last_used", Types.TimestampType.withZone(), "last hit"));

  @Override
  public String name() {
    return "plan_cache";
  }

  @Override
  public String description() {
    return "The plans that all sessions share; a plan holds while its tables do not change.";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public List<Object[]> rows(InfoContext context) {
    return context.server().of(name());
  }
}
