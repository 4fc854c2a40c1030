package io.orochi.table.kernel.sql;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The {@code schema} argument of {@code read_parquet}: columns found by field id at every depth, so
 * that renamed, added, dropped, re-added and promoted columns read as Iceberg reads them. A nested
 * field that is left out would silently read NULL after a rename, so every level is spelled out;
 * the literal is cast to one recursive struct type because its levels differ in depth.
 */
public final class FieldSchema {
  private FieldSchema() {}

  /**
   * @param fields top-level columns
   * @param constants values by field id, in Iceberg's internal form, for columns that the files
   *     lack; they take precedence over a column's initial default
   */
  public static String literal(List<NestedField> fields, Map<Integer, Object> constants) {
    KernelTypes.requireDistinctNames(fields);
    int depth = fields.stream().mapToInt(field -> depthOf(field.type())).max().orElse(0);
    String entries =
        fields.stream()
            .map(field -> entry(field, constants, depth))
            .collect(Collectors.joining(", "));
    return "MAP{" + entries + "}::MAP(INTEGER, " + entryType(depth) + ")";
  }

  private static String entry(NestedField field, Map<Integer, Object> constants, int depth) {
    Object value =
        constants.containsKey(field.fieldId())
            ? constants.get(field.fieldId())
            : field.initialDefault();
    String text = field.type().isPrimitiveType() ? KernelTypes.textOf(field.type(), value) : null;
    StringBuilder sql = new StringBuilder();
    sql.append(field.fieldId()).append(": {name: ").append(SqlText.literal(field.name()));
    sql.append(", type: ").append(SqlText.literal(KernelTypes.nameOf(field.type())));
    sql.append(", default_value: ").append(SqlText.literal(text));
    if (depth > 0) {
      sql.append(", children: ").append(children(field.type(), depth - 1));
    }
    return sql.append('}').toString();
  }

  private static String children(Type type, int depth) {
    List<NestedField> fields = nestedFields(type);
    if (fields.isEmpty()) {
      return "NULL";
    }
    return fields.stream()
        .map(field -> entry(field, Map.of(), depth))
        .collect(Collectors.joining(", ", "MAP{", "}"));
  }

  /** Iceberg names the parts of lists and maps as the kernel wants them: element, key, value. */
  private static List<NestedField> nestedFields(Type type) {
    return type.isNestedType() ? type.asNestedType().fields() : List.of();
  }

  private static int depthOf(Type type) {
    return nestedFields(type).stream().mapToInt(field -> 1 + depthOf(field.type())).max().orElse(0);
  }

  private static String entryType(int depth) {
    String plain = "STRUCT(name VARCHAR, type VARCHAR, default_value VARCHAR";
    return depth == 0
        ? plain + ")"
        : plain + ", children MAP(INTEGER, " + entryType(depth - 1) + "))";
  }
}
