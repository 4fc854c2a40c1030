package io.orochi.gateway.plan.params;

import io.orochi.gateway.plan.asof.AsofWords;
import io.orochi.gateway.plan.check.StatementChecks;
import io.orochi.gateway.plan.planner.SessionPlanner;
import io.orochi.gateway.plan.sql.GroupKeys;
import io.orochi.gateway.plan.sql.Parsing;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.planner.calcite.FlinkPlannerImpl;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A query whose {@code ?} are still open.
 *
 * @param types of the values that take the parameters' places, in order
 */
public record ParameterTree(RelNode node, ResolvedSchema schema, List<RelDataType> types) {
  private static final Logger LOG = LoggerFactory.getLogger(ParameterTree.class);

  /**
   * Empty if the text is no query, if a parameter's type depends on its value, or if Flink would
   * read the text in another way than it is meant.
   */
  public static Optional<ParameterTree> of(String sql, TableEnvironmentInternal environment) {
    try {
      if (!AsofWords.in(sql).isEmpty()) {
        return Optional.empty();
      }
      StatementChecks.check(sql);
      FlinkPlannerImpl planner = SessionPlanner.of(environment);
      SqlNode validated =
          GroupKeys.resolving(
              Parsing.quoteNames(sql), text -> planner.validate(planner.parser().parse(text)));
      if (!validated.isA(SqlKind.QUERY)) {
        return Optional.empty();
      }
      List<RelDataType> types =
          planner.getOrCreateSqlValidator().getParameterRowType(validated).getFieldList().stream()
              .map(RelDataTypeField::getType)
              .toList();
      if (types.stream().anyMatch(ParameterTree::isOpen)) {
        return Optional.empty();
      }
      RelNode tree = planner.rel(validated).project();
      ResolvedSchema schema = new PlannerQueryOperation(tree, () -> sql).getResolvedSchema();
      return Optional.of(new ParameterTree(tree, schema, WideParameters.types(tree, types)));
    } catch (RuntimeException | StackOverflowError needsValues) {
      LOG.debug("Planned with the values of its parameters: {}", sql, needsValues);
      return Optional.empty();
    }
  }

  private static boolean isOpen(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.UNKNOWN
        || type.getSqlTypeName() == SqlTypeName.NULL
        || type.getSqlTypeName() == SqlTypeName.ANY;
  }
}
