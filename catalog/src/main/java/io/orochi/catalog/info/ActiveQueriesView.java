package io.orochi.catalog.info;

import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** One row for each statement that has not finished, the asking one included. */
final class ActiveQueriesView implements InfoView {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(
              1, "query_id", Types.StringType.get(), "what sys.cancel_query takes"),
          Types.NestedField.required(2, "session_id", Types.StringType.get(), "who runs it"),
          Types.NestedField.required(3, "query", Types.StringType.get(), "its text"),
          Types.NestedField.optional(
              4, "engine", Types.StringType.get(), "kernel or flink; NULL until one is chosen"),
          Types.NestedField.required(
              5, "state", Types.StringType.get(), "planning, running or cancelling"),
          Types.NestedField.required(
              6, "started_at", Types.TimestampType.withZone(), "when it arrived"),
          Types.NestedField.required(7, "rows_sent", Types.LongType.get(), "rows sent so far"),
          Types.NestedField.optional(
              8,
              "progress",
              Types.DoubleType.get(),
              "from 0 to 1, as its engine reckons; NULL if unknown"));

  @Override
  public String name() {
    return "active_queries";
  }

  @Override
  public String description() {
    return "The statements that run now, of all sessions.";
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
