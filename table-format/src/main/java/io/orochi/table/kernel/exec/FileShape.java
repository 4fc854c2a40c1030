package io.orochi.table.kernel.exec;

import io.orochi.table.kernel.sql.KernelTypes;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.types.Types.NestedField;

/** The top-level columns that a Parquet file holds. */
record FileShape(List<Column> columns) {
  private static final Map<String, String> SHORT_NAMES =
      Map.of("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ");

  /** Names the reader gives a meaning of its own. */
  private static final Set<String> TAKEN = Set.of("file_row_number", "file_index", "filename");

  /**
   * @param fieldId null if the writer gave none
   * @param kernelType what the kernel reads it as; null if it is nested or of a type it lacks
   */
  record Column(String name, Integer fieldId, String kernelType) {}

  /**
   * Whether reading these columns by name is the same as reading them by id: none was renamed,
   * added or widened since the file was written.
   */
  boolean holdsAsTheyAre(List<NestedField> fields) {
    Set<String> names = new HashSet<>(TAKEN);
    for (Column column : columns) {
      if (!names.add(column.name.toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return fields.stream().allMatch(this::holdsAsItIs);
  }

  private boolean holdsAsItIs(NestedField field) {
    return field.type().isPrimitiveType()
        && columns.contains(
            new Column(field.name(), field.fieldId(), KernelTypes.nameOf(field.type())));
  }

  static String shortName(String kernelType) {
    return SHORT_NAMES.getOrDefault(kernelType, kernelType);
  }

  boolean lacks(int fieldId) {
    return columns.stream().noneMatch(column -> Objects.equals(column.fieldId, fieldId));
  }

  boolean hasNoFieldIds() {
    return columns.stream().allMatch(column -> column.fieldId == null);
  }
}
