package io.orochi.catalog.info;

import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** One row for each table of each open transaction. */
final class LocksView implements InfoView {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(
              1, "transaction_id", Types.StringType.get(), "as in info.transactions"),
          Types.NestedField.required(2, "session_id", Types.StringType.get(), "who began it"),
          Types.NestedField.required(
              3, "table_schema", Types.StringType.get(), "the table's database"),
          Types.NestedField.required(4, "table_name", Types.StringType.get(), "the table"),
          Types.NestedField.required(
              5, "mode", Types.StringType.get(), "read, or write if its commit changes the table"),
          Types.NestedField.required(
              6,
              "granted",
              Types.BooleanType.get(),
              "whether its commit is at work; before, nobody waits for it"));

  @Override
  public String name() {
    return "locks";
  }

  @Override
  public String description() {
    return "The tables that open transactions use.";
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
