package io.orochi.table.kernel.changelog;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The columns of a table's changelog: three that tell of the change, then the table's own. */
public final class ChangelogColumns {
  public static final String CHANGE_TYPE = "_change_type";
  public static final String SNAPSHOT_ID = "_snapshot_id";
  public static final String COMMIT_AT = "_commit_at";

  /** Far from the ids of columns, and from those Iceberg keeps for itself. */
  private static final int FIRST_ID = 2_000_000_001;

  static final List<NestedField> OWN =
      List.of(
          NestedField.required(FIRST_ID, CHANGE_TYPE, Types.StringType.get(), "INSERT or DELETE"),
          NestedField.required(
              FIRST_ID + 1, SNAPSHOT_ID, Types.LongType.get(), "the snapshot that made the change"),
          NestedField.required(
              FIRST_ID + 2, COMMIT_AT, Types.TimestampType.withZone(), "when it was committed"));

  private ChangelogColumns() {}

  /** The changelog of a table with these columns. */
  public static Schema of(Schema table) {
    List<NestedField> columns = new ArrayList<>(OWN);
    columns.addAll(table.columns());
    return new Schema(columns);
  }

  static boolean isOwn(String name) {
    return OWN.stream().anyMatch(column -> column.name().equals(name));
  }
}
