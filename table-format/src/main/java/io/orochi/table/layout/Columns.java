package io.orochi.table.layout;

import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/** Finds the columns that a layout names; only top-level columns count. */
public final class Columns {
  private Columns() {}

  static NestedField require(Schema schema, String key, String column) {
    return find(schema, column, OrochiErrorCode.INVALID_OPTION_VALUE, key);
  }

  static NestedField requireTime(Schema schema, String column) {
    NestedField field =
        find(schema, column, OrochiErrorCode.TIME_COLUMN_MISSING, TableOptions.HYPERTABLE);
    Type.TypeID type = field.type().typeId();
    if (type != Type.TypeID.TIMESTAMP && type != Type.TypeID.TIMESTAMP_NANO) {
      throw OrochiException.of(
              OrochiErrorCode.TIME_COLUMN_MISSING, "Cannot use column as time column: " + column)
          .withDetail("Its type is " + field.type() + ".")
          .withHint("Name a TIMESTAMP(6) or TIMESTAMP_LTZ(6) column in orochi.hypertable.");
    }
    return field;
  }

  public static NestedField requireHashable(Schema schema, Distribution.Hash hash) {
    NestedField field =
        find(
            schema,
            hash.column(),
            OrochiErrorCode.DISTRIBUTION_COLUMN_MISSING,
            TableOptions.DISTRIBUTION);
    if (!Transforms.bucket(hash.shards()).canTransform(field.type())) {
      throw OrochiException.of(
              OrochiErrorCode.DISTRIBUTION_COLUMN_MISSING,
              "Cannot distribute by column: " + hash.column())
          .withDetail("Its type is " + field.type() + ", which has no bucket hash.")
          .withHint("Distribute by a text, whole-number, decimal, date, time or binary column.");
    }
    return field;
  }

  private static NestedField find(
      Schema schema, String column, OrochiErrorCode code, String option) {
    NestedField field = schema.asStruct().field(column);
    if (field == null) {
      List<String> known = schema.columns().stream().map(NestedField::name).toList();
      throw OrochiException.of(code, "Cannot find column: " + column)
          .withDetail("Option " + option + " names a column that the table does not have.")
          .withHint(NearestName.hint(column, known));
    }
    return field;
  }
}
