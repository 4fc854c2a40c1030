package io.orochi.gateway.change;

import io.orochi.gateway.plan.rel.tree.PlacedScan;
import io.orochi.gateway.plan.sql.CannotExpress;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Makes the places of the target's rows the last columns of a tree. The target is the scan at the
 * end of the way that takes the right side of each join, so that its places are last on every step
 * and no other reference moves.
 */
public final class Places {
  private Places() {}

  public static RelNode addTo(RelNode node) {
    if (node instanceof TableScan scan) {
      return PlacedScan.of(scan);
    }
    if (node instanceof Filter filter) {
      RelNode input = addTo(filter.getInput());
      return filter.copy(filter.getTraitSet(), input, filter.getCondition());
    }
    if (node instanceof Project project) {
      return project(project, addTo(project.getInput()));
    }
    if (node instanceof Join join && join.getJoinType().projectsRight()) {
      RelNode right = addTo(join.getRight());
      return join.copy(join.getTraitSet(), List.of(join.getLeft(), right));
    }
    throw new CannotExpress("the step " + node.getRelTypeName() + " above the changed table");
  }

  private static RelNode project(Project project, RelNode input) {
    RexBuilder rex = project.getCluster().getRexBuilder();
    List<RexNode> expressions = new ArrayList<>(project.getProjects());
    List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
    List<RelDataTypeField> fields = input.getRowType().getFieldList();
    for (int i = fields.size() - PlacedScan.PLACE_COLUMNS; i < fields.size(); i++) {
      expressions.add(rex.makeInputRef(input, i));
      names.add(fields.get(i).getName());
    }
    return LogicalProject.create(
        input, project.getHints(), expressions, names, project.getVariablesSet());
  }
}
