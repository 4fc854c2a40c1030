package io.orochi.table.kernel.exec;

import io.orochi.table.kernel.sql.KernelTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.DecimalType;
import org.apache.iceberg.types.Types.NestedField;

/** The top-level columns that a Parquet file holds. */
record FileShape(List<Column> columns) {
  private static final Map<String, String> SHORT_NAMES =
      Map.of("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ");

  /** Names the reader gives a meaning of its own. */
  private static final Set<String> TAKEN = Set.of("file_row_number", "file_index", "filename");

  /**
   * @param fieldId null if the writer gave none
   * @param kernelType what the kernel reads it as, down to the innermost field
   * @param nested ids and names of the fields in it, each before those in it; fields without an id
   *     are left out
   */
  record Column(String name, Integer fieldId, String kernelType, List<String> nested) {
    Column {
      nested = List.copyOf(nested);
    }

    Column with(int nestedId, String nestedName) {
      List<String> more = new ArrayList<>(nested);
      more.add(nestedId + " " + nestedName);
      return new Column(name, fieldId, kernelType, more);
    }

    /** Empty if the column has to be found by id. */
    private Optional<Found> as(NestedField field) {
      String wanted = KernelTypes.nameOf(field.type());
      // names are quoted where each side thinks they must be, and compared on their own
      if (unquoted(wanted).equals(unquoted(kernelType))) {
        return nested.equals(partsOf(field.type()))
            ? Optional.of(new Found(name, null))
            : Optional.empty();
      }
      return widens(field.type()) ? Optional.of(new Found(name, kernelType)) : Optional.empty();
    }

    private boolean widens(Type wanted) {
      return switch (wanted.typeId()) {
        case LONG -> kernelType.equals("INTEGER");
        case DOUBLE -> kernelType.equals("FLOAT");
        case DECIMAL ->
            kernelType.matches("DECIMAL\\(\\d+," + ((DecimalType) wanted).scale() + "\\)");
        default -> false;
      };
    }

    private static String unquoted(String type) {
      return type.replace("\"", "");
    }

    private static List<String> partsOf(Type type) {
      List<String> parts = new ArrayList<>();
      if (type.isNestedType()) {
        for (NestedField field : type.asNestedType().fields()) {
          parts.add(field.fieldId() + " " + field.name());
          parts.addAll(partsOf(field.type()));
        }
      }
      return parts;
    }
  }

  /**
   * A column of a file that is read by its name.
   *
   * @param castFrom its type in the file; null if it is that of the table
   */
  record Found(String name, String castFrom) {}

  /**
   * The columns of the file, by field id, for those of the fields that it has. Reading the fields
   * by the names of these, and the others as a constant, is the same as reading them by id.
   *
   * @return empty if it is not: something in a field has changed, or the names are ambiguous
   */
  Optional<Map<Integer, Found>> find(List<NestedField> fields) {
    Set<String> names = new HashSet<>(TAKEN);
    Map<Integer, Column> byId = new HashMap<>();
    for (Column column : columns) {
      boolean doubled = column.fieldId == null || byId.put(column.fieldId, column) != null;
      if (doubled || !names.add(column.name.toLowerCase(Locale.ROOT))) {
        return Optional.empty();
      }
    }
    Map<Integer, Found> found = new HashMap<>();
    for (NestedField field : fields) {
      Column column = byId.get(field.fieldId());
      if (column != null) {
        Optional<Found> read = column.as(field);
        if (read.isEmpty()) {
          return Optional.empty();
        }
        found.put(field.fieldId(), read.get());
      }
    }
    return Optional.of(found);
  }

  /** The kernel's long names for types become those of {@link KernelTypes}. */
  static String shortName(String kernelType) {
    String name = kernelType;
    for (Map.Entry<String, String> type : SHORT_NAMES.entrySet()) {
      name = name.replace(type.getKey(), type.getValue());
    }
    return name;
  }

  boolean lacks(int fieldId) {
    return columns.stream().noneMatch(column -> Objects.equals(column.fieldId, fieldId));
  }

  boolean hasNoFieldIds() {
    return columns.stream().allMatch(column -> column.fieldId == null);
  }
}
