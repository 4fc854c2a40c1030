package io.orochi.catalog.info;

import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** One row for each open transaction. */
final class TransactionsView implements InfoView {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "transaction_id", Types.StringType.get(), "its name"),
          Types.NestedField.required(2, "session_id", Types.StringType.get(), "who began it"),
          Types.NestedField.required(
              3, "state", Types.StringType.get(), "active, committing or ended"),
          Types.NestedField.required(
              4, "isolation", Types.StringType.get(), "read committed, snapshot or serializable"),
          Types.NestedField.required(
              5, "started_at", Types.TimestampType.withZone(), "when BEGIN came"),
          Types.NestedField.required(
              6, "last_used_at", Types.TimestampType.withZone(), "when a statement came or ended"),
          Types.NestedField.required(
              7, "statements", Types.LongType.get(), "how many have begun since BEGIN"),
          Types.NestedField.required(
              8, "table_names", Types.StringType.get(), "the tables it uses, separated by commas"));

  @Override
  public String name() {
    return "transactions";
  }

  @Override
  public String description() {
    return "The transactions that are open on this server.";
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
