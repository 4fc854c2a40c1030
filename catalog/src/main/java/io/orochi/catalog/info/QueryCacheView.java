package io.orochi.catalog.info;

import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** One row for each answer the server keeps. */
final class QueryCacheView implements InfoView {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(
              1, "query", Types.StringType.get(), "in the kernel's SQL, its inputs numbered"),
          Types.NestedField.required(
              2,
              "relations",
              Types.StringType.get(),
              "what it reads, in the order of their numbers"),
          Types.NestedField.required(
              3, "snapshots", Types.StringType.get(), "the ids of the snapshots it has read"),
          Types.NestedField.required(4, "num_rows", Types.LongType.get(), "rows of the answer"),
          Types.NestedField.required(
              5, "total_bytes", Types.LongType.get(), "what keeping it takes"),
          Types.NestedField.required(
              6, "hits", Types.LongType.get(), "how often it was given again"),
          Types.NestedField.required(
              7, "created_at", Types.TimestampType.withZone(), "when it was computed"),
          Types.NestedField.required(8, "last_used", Types.TimestampType.withZone(), "last hit"));

  @Override
  public String name() {
    return "query_cache";
  }

  @Override
  public String description() {
    return "The answers that all sessions share; the same query on the same snapshots gets them.";
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
