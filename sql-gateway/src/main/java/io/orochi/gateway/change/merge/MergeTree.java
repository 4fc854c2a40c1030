package io.orochi.gateway.change.merge;

import io.orochi.gateway.change.ChangeTrees;
import io.orochi.gateway.change.Places;
import io.orochi.gateway.change.TargetTable;
import io.orochi.gateway.change.merge.MergeClause.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;

/** Decides above the join which clause changes which row, and into what. */
final class MergeTree {
  private final MergeQuery query;
  private final TargetTable target;
  private final RelNode joined;
  private final RexBuilder rex;

  /**
   * @param joined the tree of the query's SELECT
   */
  MergeTree(MergeQuery query, TargetTable target, RelNode joined) {
    this.query = query;
    this.target = target;
    this.joined = joined;
    this.rex = joined.getCluster().getRexBuilder();
  }

  /** A row for each change, as {@link io.orochi.gateway.change.MergeOperation} has it. */
  RelNode rows(TableEnvironmentInternal environment) {
    List<List<RexNode>> values = new ArrayList<>();
    for (MergeQuery.Clause clause : query.clauses()) {
      values.add(clause.clause().writes() ? converted(clause, environment) : List.of());
    }
    RelNode placed = Places.addTo(joined);
    RelNode decided = decided(placed);
    int number = decided.getRowType().getFieldCount() - 1;
    RelNode changed =
        LogicalFilter.create(
            decided,
            rex.makeCall(
                SqlStdOperatorTable.GREATER_THAN, rex.makeInputRef(decided, number), integer(0)));
    return written(changed, values, number);
  }

  /** The new row of one clause, each value converted to its column's type. */
  private List<RexNode> converted(MergeQuery.Clause clause, TableEnvironmentInternal environment) {
    // a step that no projection is merged with, so that its columns stay those of the join
    RelNode fence = LogicalFilter.create(joined, rex.makeLiteral(true));
    List<RexNode> row = new ArrayList<>();
    List<String> names = target.schema().getColumnNames();
    for (int i = 0; i < names.size(); i++) {
      int value = clause.values().get(i);
      RelDataType column = joined.getRowType().getFieldList().get(i).getType();
      row.add(value < 0 ? rex.makeNullLiteral(nullable(column)) : rex.makeInputRef(fence, value));
    }
    RelNode unconverted = LogicalProject.create(fence, List.of(), row, names, Set.of());
    RelNode node = ChangeTrees.rowsOf(unconverted, target, environment);
    List<RexNode> values = ((Project) node).getProjects();
    for (node = node.getInput(0); node != fence; node = node.getInput(0)) {
      values = RelOptUtil.pushPastProject(values, (Project) node);
    }
    return values;
  }

  /** The join's rows with the number of the clause that applies as the last column; 0 if none. */
  private RelNode decided(RelNode placed) {
    int columns = placed.getRowType().getFieldCount();
    RexNode hasTarget =
        rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, rex.makeInputRef(placed, columns - 2));
    List<RexNode> branches = new ArrayList<>();
    for (int i = 0; i < query.clauses().size(); i++) {
      MergeQuery.Clause clause = query.clauses().get(i);
      RexNode applies = isAbout(clause.clause().when(), placed, hasTarget);
      if (clause.condition() >= 0) {
        RexNode condition =
            rex.makeCall(SqlStdOperatorTable.IS_TRUE, rex.makeInputRef(placed, clause.condition()));
        applies = rex.makeCall(SqlStdOperatorTable.AND, applies, condition);
      }
      boolean changes = !(clause.clause().action() instanceof MergeClause.Action.Nothing);
      branches.add(applies);
      branches.add(integer(changes ? i + 1 : 0));
    }
    branches.add(integer(0));
    List<RexNode> expressions = references(placed);
    expressions.add(rex.makeCall(SqlStdOperatorTable.CASE, branches));
    List<String> names = new ArrayList<>(placed.getRowType().getFieldNames());
    names.add("$clause");
    return LogicalProject.create(placed, List.of(), expressions, names, Set.of());
  }

  private RexNode isAbout(Case when, RelNode placed, RexNode hasTarget) {
    RexNode hasSource =
        query.sourceRow() < 0
            ? rex.makeLiteral(true)
            : rex.makeCall(
                SqlStdOperatorTable.IS_NOT_NULL, rex.makeInputRef(placed, query.sourceRow()));
    return switch (when) {
      case MATCHED ->
          query.sourceRow() < 0
              ? hasTarget
              : rex.makeCall(SqlStdOperatorTable.AND, hasTarget, hasSource);
      case NOT_MATCHED -> rex.makeCall(SqlStdOperatorTable.NOT, hasTarget);
      case NOT_MATCHED_BY_SOURCE ->
          rex.makeCall(
              SqlStdOperatorTable.AND, hasTarget, rex.makeCall(SqlStdOperatorTable.NOT, hasSource));
    };
  }

  private RelNode written(RelNode changed, List<List<RexNode>> values, int number) {
    List<RexNode> expressions = new ArrayList<>();
    List<String> names = new ArrayList<>(target.schema().getColumnNames());
    for (int column = 0; column < names.size(); column++) {
      expressions.add(value(changed, values, number, column));
    }
    expressions.add(isWritten(changed, number));
    names.add("$written");
    List<RelDataTypeField> fields = changed.getRowType().getFieldList();
    for (int i = number - 2; i < number; i++) {
      expressions.add(rex.makeInputRef(changed, i));
      names.add(fields.get(i).getName());
    }
    return LogicalProject.create(changed, List.of(), expressions, names, Set.of());
  }

  private RexNode value(RelNode changed, List<List<RexNode>> values, int number, int column) {
    List<RexNode> branches = new ArrayList<>();
    RelDataType type = null;
    for (int i = 0; i < values.size(); i++) {
      if (!values.get(i).isEmpty()) {
        RexNode value = values.get(i).get(column);
        type = nullable(value.getType());
        branches.add(isClause(changed, number, i));
        branches.add(value);
      }
    }
    if (type == null) {
      type = nullable(joined.getRowType().getFieldList().get(column).getType());
    }
    branches.add(rex.makeNullLiteral(type));
    return branches.size() == 1
        ? branches.get(0)
        : rex.makeCall(type, SqlStdOperatorTable.CASE, branches);
  }

  private RexNode isWritten(RelNode changed, int number) {
    List<RexNode> branches = new ArrayList<>();
    for (int i = 0; i < query.clauses().size(); i++) {
      if (query.clauses().get(i).clause().writes()) {
        branches.add(isClause(changed, number, i));
        branches.add(rex.makeLiteral(true));
      }
    }
    branches.add(rex.makeLiteral(false));
    return branches.size() == 1
        ? branches.get(0)
        : rex.makeCall(SqlStdOperatorTable.CASE, branches);
  }

  private RexNode isClause(RelNode changed, int number, int clause) {
    return rex.makeCall(
        SqlStdOperatorTable.EQUALS, rex.makeInputRef(changed, number), integer(clause + 1));
  }

  private List<RexNode> references(RelNode node) {
    List<RexNode> references = new ArrayList<>();
    for (int i = 0; i < node.getRowType().getFieldCount(); i++) {
      references.add(rex.makeInputRef(node, i));
    }
    return references;
  }

  private RexNode integer(int value) {
    return rex.makeExactLiteral(
        java.math.BigDecimal.valueOf(value),
        rex.getTypeFactory().createSqlType(SqlTypeName.INTEGER));
  }

  private RelDataType nullable(RelDataType type) {
    return rex.getTypeFactory().createTypeWithNullability(type, true);
  }
}
