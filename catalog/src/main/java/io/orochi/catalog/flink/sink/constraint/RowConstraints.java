package io.orochi.catalog.flink.sink.constraint;

import io.orochi.table.check.CheckConstraint;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Optional;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;

/** What a table demands of each row that is written: NOT NULL and CHECK. Safe for one thread. */
public final class RowConstraints {
  private final String table;
  private final RowType rowType;
  private final RequiredColumns required;
  private final Schema schema;
  private TableChecks checks;

  /**
   * @param rowType of the rows, the table's columns in their order
   * @throws OrochiException CONSTRAINT_INVALID if the table has a CHECK that cannot be enforced
   */
  public RowConstraints(Table table, RowType rowType) {
    this.table = table.name();
    this.rowType = rowType;
    this.required = new RequiredColumns(this.table, table.schema(), rowType);
    this.schema = table.schema();
    this.checks = TableChecks.of(table, rowType);
    checks.parse();
  }

  /** Takes over the CHECKs of the table as it is now; its rows keep their columns. */
  public void follow(Table newest) {
    TableChecks now = TableChecks.of(newest, schema, rowType);
    now.parse();
    checks = now;
  }

  /**
   * @throws OrochiException NULL_NOT_ALLOWED or CHECK_VIOLATED naming column or constraint and
   *     showing the row
   */
  public void check(RowData row) {
    required.check(row);
    Optional<CheckConstraint> broken = checks.broken(row);
    if (broken.isPresent()) {
      throw OrochiException.of(
              OrochiErrorCode.CHECK_VIOLATED,
              "Cannot write a row into %s that breaks CHECK \"%s\""
                  .formatted(table, broken.get().name()))
          .withDetail(
              "The condition is %s. The row is %s."
                  .formatted(broken.get().condition(), RowText.of(row, rowType)))
          .withHint("Correct the row, or ALTER TABLE … RESET the constraint's option.");
    }
  }
}
