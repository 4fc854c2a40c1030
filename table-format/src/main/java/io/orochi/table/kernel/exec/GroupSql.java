package io.orochi.table.kernel.exec;

import io.orochi.table.kernel.files.FileLease;
import io.orochi.table.kernel.sql.FieldSchema;
import io.orochi.table.kernel.sql.KernelTypes;
import io.orochi.table.kernel.sql.SqlText;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Types.NestedField;

/** The text that reads one group of files. */
final class GroupSql {
  private final FileLease lease;

  GroupSql(FileLease lease) {
    this.lease = lease;
  }

  /**
   * Nothing but names and constants stands between the reader and the query, so projection and
   * filters reach the reader. Files are read without a schema where they can be: the kernel knows
   * how many rows and values they have only then, and orders joins by that.
   */
  String plain(FileGroup group, List<NestedField> columns) {
    if (group.kind().way() == FileGroup.Kind.Way.FOUND) {
      List<String> found = columns.stream().map(field -> found(group.kind(), "", field)).toList();
      return "SELECT " + String.join(", ", found) + " FROM " + asTheyAre(group);
    }
    return "SELECT " + namesOf(columns) + " FROM " + reader(group, columns, false);
  }

  /** A column under its own name, by its name in the files or as a constant. */
  private static String found(FileGroup.Kind kind, String reader, NestedField field) {
    String name = SqlText.identifier(field.name());
    FileShape.Found inFile = kind.columns().get(field.fieldId());
    if (inFile == null || inFile.castFrom() != null) {
      return castByName(kind, reader, field) + " AS " + name;
    }
    String column = reader + SqlText.identifier(inFile.name());
    return inFile.name().equals(field.name()) ? column : column + " AS " + name;
  }

  /**
   * Columns have internal names below the joins, so that no column can hide {@code file_index} or
   * {@code file_row_number}. Files that are read as they are have no such columns, and keep their
   * names: what {@link #plain} says of estimates holds for them too.
   *
   * @param list what to select of the reader {@code r}
   * @param needed the columns and the equality keys
   */
  String joined(FileGroup group, String list, List<NestedField> needed, String joins) {
    String from = keepsNames(group) ? asTheyAre(group) : reader(group, needed, true);
    return "SELECT " + list + " FROM " + from + " AS r" + joins;
  }

  /** The columns of reader {@code r} of {@link #joined}, under their own names. */
  List<String> columnsOf(FileGroup group, List<NestedField> columns) {
    return columns.stream()
        .map(
            field -> {
              String name = SqlText.identifier(field.name());
              return keepsNames(group)
                  ? found(group.kind(), "r.", field)
                  : "r." + internalName(field) + " AS " + name;
            })
        .toList();
  }

  private static boolean keepsNames(FileGroup group) {
    return group.kind().isCounted();
  }

  private String asTheyAre(FileGroup group) {
    return "read_parquet(" + pathsOf(group) + ", hive_partitioning = false)";
  }

  static String internalName(NestedField field) {
    return "c" + field.fieldId();
  }

  static String namesOf(List<NestedField> columns) {
    return columns.stream()
        .map(field -> SqlText.identifier(field.name()))
        .collect(Collectors.joining(", "));
  }

  private String reader(FileGroup group, List<NestedField> columns, boolean internalNames) {
    String files = pathsOf(group);
    return group.kind().way() == FileGroup.Kind.Way.MAPPED
        ? byName(group, columns, internalNames, files)
        : byId(group, columns, internalNames, files);
  }

  private String pathsOf(FileGroup group) {
    return SqlText.literals(
        group.tasks().stream().map(task -> lease.of(task.file()).path()).toList());
  }

  private static String byId(
      FileGroup group, List<NestedField> columns, boolean internalNames, String files) {
    List<NestedField> named =
        internalNames
            ? columns.stream()
                .map(field -> NestedField.from(field).withName(internalName(field)).build())
                .toList()
            : columns;
    return "read_parquet("
        + files
        + ", hive_partitioning = false, schema = "
        + FieldSchema.literal(named, group.kind().constants())
        + ")";
  }

  private static String byName(
      FileGroup group, List<NestedField> columns, boolean internalNames, String files) {
    String list =
        columns.stream()
            .map(
                field ->
                    castByName(group.kind(), "", field)
                        + " AS "
                        + (internalNames ? internalName(field) : SqlText.identifier(field.name())))
            .collect(Collectors.joining(", "));
    String positions = internalNames ? ", file_index, file_row_number" : "";
    return "(SELECT "
        + list
        + positions
        + " FROM read_parquet("
        + files
        + ", hive_partitioning = false))";
  }

  private static String castByName(FileGroup.Kind kind, String reader, NestedField field) {
    String value = valueByName(kind, reader, field);
    return "CAST(" + value + " AS " + KernelTypes.nameOf(field.type()) + ")";
  }

  private static String valueByName(FileGroup.Kind kind, String reader, NestedField field) {
    FileShape.Found found = kind.columns().get(field.fieldId());
    if (found != null) {
      return reader + SqlText.identifier(found.name());
    }
    Object value =
        kind.constants().containsKey(field.fieldId())
            ? kind.constants().get(field.fieldId())
            : field.initialDefault();
    return SqlText.literal(KernelTypes.textOf(field.type(), value));
  }
}
