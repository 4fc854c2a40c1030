package io.orochi.catalog.flink.ddl;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.TableOptions;
import java.util.List;
import org.apache.flink.table.catalog.TableChange;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Type;

/** Why a column cannot be changed as asked, and what to do instead. */
final class SchemaRefusals {
  private SchemaRefusals() {}

  static OrochiException ofIceberg(Table table, RuntimeException refused) {
    return refused(String.valueOf(refused.getMessage()).strip())
        .withDetail("Table " + table.name() + "; rows written before must stay readable.")
        .withHint(
            "A type may widen (INT to BIGINT, FLOAT to DOUBLE, more digits of a DECIMAL); for"
                + " any other, add a new column and fill it.")
        .causedBy(refused);
  }

  static OrochiException ofOptions(Table table, RuntimeException refused) {
    return refused(String.valueOf(refused.getMessage()).strip())
        .withDetail("Options of table " + table.name() + " stay as they were.")
        .withHint("docs/table-options.md lists every option and its values.")
        .causedBy(refused);
  }

  static OrochiException typeChange(String path, Type now, Type wanted) {
    return refused("Cannot change type of " + path + ": " + now + " to " + wanted)
        .withDetail("Rows written before could not be read.")
        .withHint("Add a column of the new type, fill it, and drop the old one.");
  }

  static OrochiException required(Table table, String column) {
    return refused("Cannot make a column NOT NULL: " + column + " of " + table.name())
        .withDetail("The table holds rows, which may have no value for it.")
        .withHint(
            "Keep it nullable and SET ('orochi.check.<name>' = '"
                + column
                + " IS NOT NULL'), which holds for every new row.");
  }

  static OrochiException keyOfRows(Table table, List<String> key) {
    return refused(
            "Cannot keep the key (%s) of %s unique from now on"
                .formatted(String.join(", ", key), table.name()))
        .withDetail("The table holds rows, and several may have one key.")
        .withHint(
            "Create a table with the key and INSERT INTO it SELECT … FROM this one, or TRUNCATE"
                + " this one first.");
  }

  static OrochiException requiredField(String path) {
    return refused("Cannot make a nested field NOT NULL: " + path)
        .withDetail("Rows written before have no value for it.")
        .withHint("Leave out NOT NULL.");
  }

  static OrochiException notPhysical(String column) {
    return OrochiException.of(
            OrochiErrorCode.STATEMENT_NOT_SUPPORTED,
            "Cannot store a computed or metadata column: " + column)
        .withHint("Compute it in the query, or in a view.");
  }

  static OrochiException ofChange(Table table, TableChange change) {
    if (change instanceof TableChange.AddDistribution
        || change instanceof TableChange.ModifyDistribution
        || change instanceof TableChange.DropDistribution) {
      return OrochiException.of(
              OrochiErrorCode.STATEMENT_NOT_SUPPORTED,
              "Cannot change the distribution of " + table.name() + " by ALTER TABLE")
          .withDetail("The table's files lie by it and have to follow.")
          .withHint(
              "CALL sys.create_distributed_table, sys.alter_distributed_table or"
                  + " sys.undistribute_table.");
    }
    if (change instanceof TableChange.AddWatermark
        || change instanceof TableChange.ModifyWatermark
        || change instanceof TableChange.DropWatermark) {
      return OrochiException.of(OrochiErrorCode.STATEMENT_NOT_SUPPORTED, "Cannot store a watermark")
          .withHint("Streaming reads set it in the query.");
    }
    return OrochiException.of(
            OrochiErrorCode.STATEMENT_NOT_SUPPORTED,
            "Cannot alter " + table.name() + " in this way: " + change)
        .withHint("ADD, DROP, RENAME and MODIFY columns, SET and RESET options.");
  }

  static void requireNoDedup(Table table) {
    String dedup = table.properties().get(TableOptions.DEDUP);
    if (dedup != null) {
      throw refused("Cannot drop the primary key of " + table.name())
          .withDetail("Option orochi.dedup = " + dedup + " works by it.")
          .withHint("ALTER TABLE … RESET ('orochi.dedup') first.");
    }
  }

  private static OrochiException refused(String message) {
    String first = message.startsWith("Cannot") ? message : "Cannot alter the table: " + message;
    return OrochiException.of(OrochiErrorCode.SCHEMA_CHANGE_REFUSED, first);
  }
}
