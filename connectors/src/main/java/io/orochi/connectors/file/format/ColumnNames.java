package io.orochi.connectors.file.format;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.table.types.logical.RowType;

/** Finds a table's columns by the names a file uses: exactly, else without regard to case. */
final class ColumnNames {
  private final String path;
  private final RowType rowType;
  private final Map<String, Integer> byLowerName = new HashMap<>();

  ColumnNames(String path, RowType rowType) {
    this.path = path;
    this.rowType = rowType;
    for (int i = 0; i < rowType.getFieldCount(); i++) {
      byLowerName.put(rowType.getFieldNames().get(i).toLowerCase(Locale.ROOT), i);
    }
  }

  /** The column's index, or -1. */
  int find(String name) {
    int exact = rowType.getFieldIndex(name);
    return exact >= 0 ? exact : byLowerName.getOrDefault(name.toLowerCase(Locale.ROOT), -1);
  }

  /**
   * @throws OrochiException INPUT_COLUMN_UNKNOWN
   */
  int require(String name) {
    int found = find(name);
    if (found < 0) {
      throw OrochiException.of(
              OrochiErrorCode.INPUT_COLUMN_UNKNOWN,
              "Unknown column \"%s\" in %s".formatted(name, path))
          .withDetail("The table has " + String.join(", ", rowType.getFieldNames()) + ".")
          .withHint("Add the column to the table, or take it out of the file.");
    }
    return found;
  }
}
