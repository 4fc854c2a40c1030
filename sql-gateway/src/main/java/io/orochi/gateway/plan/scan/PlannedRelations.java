package io.orochi.gateway.plan.scan;

import io.orochi.catalog.flink.ddl.PlannedColumns;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.types.logical.RowType;

/** Finds a table only while it has the columns that the statement was understood by. */
public final class PlannedRelations implements Relations {
  private final Relations all;

  public PlannedRelations(Relations all) {
    this.all = all;
  }

  /**
   * @throws io.orochi.table.error.OrochiException TABLE_CHANGED if it has others by now
   */
  @Override
  public Relation find(ContextResolvedTable table) {
    Relation found = all.find(table);
    if (found instanceof Relation.Stored || found instanceof Relation.Changelog) {
      PlannedColumns.require(
          found.name(),
          found.schema(),
          (RowType) table.getResolvedSchema().toPhysicalRowDataType().getLogicalType());
    }
    return found;
  }
}
