package io.orochi.gateway.plan.rel.tree;

import io.orochi.table.kernel.KernelSession;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A table's rows with two more columns at the end, which say where each row lies: its file, as a
 * place in the scan's plan, and its position in the file.
 */
public final class PlacedScan extends TableScan {
  /** How many columns say it. */
  public static final int PLACE_COLUMNS = 2;

  private PlacedScan(TableScan scan) {
    super(scan.getCluster(), scan.getTraitSet(), scan.getHints(), scan.getTable());
  }

  public static PlacedScan of(TableScan scan) {
    return new PlacedScan(scan);
  }

  @Override
  public RelDataType deriveRowType() {
    RelDataTypeFactory types = getCluster().getTypeFactory();
    return types
        .builder()
        .addAll(table.getRowType().getFieldList())
        .add(KernelSession.FILE_COLUMN, nullable(types, SqlTypeName.INTEGER))
        .add(KernelSession.POSITION_COLUMN, nullable(types, SqlTypeName.BIGINT))
        .build();
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return this;
  }

  public boolean isPlace(int column) {
    return column >= table.getRowType().getFieldCount();
  }

  private static RelDataType nullable(RelDataTypeFactory types, SqlTypeName name) {
    return types.createTypeWithNullability(types.createSqlType(name), true);
  }
}
