package io.orochi.table.kernel.exec;

import java.util.List;
import java.util.Objects;

/** The top-level columns that a Parquet file holds. */
record FileShape(List<Column> columns) {
  /**
   * @param fieldId null if the writer gave none
   */
  record Column(String name, Integer fieldId) {}

  boolean lacks(int fieldId) {
    return columns.stream().noneMatch(column -> Objects.equals(column.fieldId, fieldId));
  }

  boolean hasNoFieldIds() {
    return columns.stream().allMatch(column -> column.fieldId == null);
  }
}
