package io.orochi.catalog.flink.ddl;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.FlinkSchemaUtil;

/**
 * Holds a loaded table against the columns a statement was understood by. A table is loaded more
 * than once on a statement's way; when another session changes its columns in between, the places
 * of a row's values would mean other columns.
 */
public final class PlannedColumns {
  private PlannedColumns() {}

  /**
   * @param loaded the columns that will be read or written
   * @param planned the columns as they were; their nullability does not count
   * @throws OrochiException TABLE_CHANGED if names, order or types differ; the statement has done
   *     nothing and may be understood anew
   */
  public static void require(String table, Schema loaded, RowType planned) {
    RowType now = FlinkSchemaUtil.convert(loaded);
    if (!now.getFieldNames().equals(planned.getFieldNames())
        || !types(now).equals(types(planned))) {
      throw OrochiException.of(
              OrochiErrorCode.TABLE_CHANGED,
              "Cannot use table %s: its columns have just been changed".formatted(table))
          .withDetail(
              "The statement was understood with the columns %s, which are now %s."
                  .formatted(planned.asSummaryString(), now.asSummaryString()))
          .withHint("Run it again; inside a transaction, ROLLBACK and begin again.");
    }
  }

  private static List<LogicalType> types(RowType row) {
    return row.getChildren().stream().map(type -> type.copy(true)).toList();
  }
}
