package io.orochi.gateway.change;

import io.orochi.gateway.plan.sql.CannotExpress;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.planner.calcite.FlinkTypeFactory;
import org.apache.flink.table.planner.connectors.DynamicSinkUtils;

/** The trees whose rows are those a statement writes or deletes. */
public final class ChangeTrees {
  private ChangeTrees() {}

  /**
   * The rows of a query with the types of the table's columns, as Flink converts what it inserts.
   *
   * @throws org.apache.flink.table.api.ValidationException if there is no implicit conversion
   */
  public static RelNode rowsOf(
      RelNode query, TargetTable target, TableEnvironmentInternal environment) {
    DataTypeFactory types =
        ((TableEnvironmentImpl) environment).getCatalogManager().getDataTypeFactory();
    return DynamicSinkUtils.validateSchemaAndApplyImplicitCast(
        query,
        target.schema(),
        target.name(),
        types,
        (FlinkTypeFactory) query.getCluster().getTypeFactory());
  }

  /** The places of the rows that DELETE deletes. */
  static RelNode deleted(TableModify delete) {
    RelNode input = delete.getInput();
    int columns = input.getRowType().getFieldCount();
    RelNode placed = Places.addTo(input);
    return project(placed, List.of(columns, columns + 1));
  }

  /** The new rows of UPDATE, and the places of the old ones. */
  static RelNode updated(
      TableModify update, TargetTable target, TableEnvironmentInternal environment) {
    List<String> changed = update.getUpdateColumnList();
    if (changed == null) {
      throw new CannotExpress("an UPDATE without columns");
    }
    List<Integer> sources = new ArrayList<>();
    List<String> names = target.schema().getColumnNames();
    for (int i = 0; i < names.size(); i++) {
      int set = changed.indexOf(names.get(i));
      sources.add(set < 0 ? i : names.size() + set);
    }
    return Places.addTo(rowsOf(project(update.getInput(), sources), target, environment));
  }

  /** Some columns of a tree. */
  public static RelNode project(RelNode input, List<Integer> columns) {
    RexBuilder rex = input.getCluster().getRexBuilder();
    List<RexNode> references = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int column : columns) {
      references.add(rex.makeInputRef(input, column));
      names.add(input.getRowType().getFieldNames().get(column));
    }
    return LogicalProject.create(input, List.of(), references, names, java.util.Set.of());
  }

  /** The columns of a tree with Flink's types. */
  static ResolvedSchema schema(RelNode tree) {
    return ResolvedSchema.physical(
        tree.getRowType().getFieldNames(),
        tree.getRowType().getFieldList().stream()
            .map(field -> FlinkTypeFactory.toLogicalType(field.getType()))
            .map(org.apache.flink.table.types.utils.TypeConversions::fromLogicalToDataType)
            .toList());
  }
}
