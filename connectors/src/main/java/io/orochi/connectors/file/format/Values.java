package io.orochi.connectors.file.format;

import io.orochi.connectors.file.FileSourceConfig;
import java.util.Optional;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.RowType;

/** What all formats say about values. */
final class Values {
  private static final int SHOWN_CHARACTERS = 120;

  private Values() {}

  private static void requireNotNull(RowType rowType, GenericRowData row) {
    for (int i = 0; i < row.getArity(); i++) {
      if (row.isNullAt(i) && !rowType.getTypeAt(i).isNullable()) {
        throw new InvalidValue(rowType.getFieldNames().get(i), "no value, but it is NOT NULL");
      }
    }
  }

  /** What the table demands of a whole row. */
  static void requireAllowed(FileSourceConfig config, GenericRowData row) {
    requireNotNull(config.rowType(), row);
    Optional<String> refusal = config.badRecords().rule().refusal(row);
    if (refusal.isPresent()) {
      throw new InvalidValue("", refusal.get());
    }
  }

  static InvalidValue invalid(RowType rowType, int column, String value) {
    String shown =
        value.length() > SHOWN_CHARACTERS ? value.substring(0, SHOWN_CHARACTERS) + "…" : value;
    return new InvalidValue(
        rowType.getFieldNames().get(column),
        "\"%s\" is no %s".formatted(shown, rowType.getTypeAt(column).copy(true)));
  }
}
