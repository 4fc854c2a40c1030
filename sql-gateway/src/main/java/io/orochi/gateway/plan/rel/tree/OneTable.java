package io.orochi.gateway.plan.rel.tree;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/** Trees whose rows are rows of one table, some left out, each by itself. */
public final class OneTable {
  private OneTable() {}

  /** Whether the tree is a table under conditions and computed columns, and nothing else. */
  public static boolean isUnder(RelNode node) {
    if (node instanceof Filter filter) {
      return isPlain(filter.getCondition()) && isUnder(filter.getInput());
    }
    if (node instanceof Project project) {
      return project.getProjects().stream().allMatch(OneTable::isPlain)
          && isUnder(project.getInput());
    }
    if (node instanceof Snapshot snapshot) {
      return isUnder(snapshot.getInput());
    }
    return node instanceof TableScan;
  }

  /** Whether a value depends on its own row alone and is the same each time. */
  public static boolean isPlain(RexNode node) {
    if (!RexUtil.isDeterministic(node)) {
      return false;
    }
    boolean[] plain = {true};
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            plain[0] = false;
            return subQuery;
          }

          @Override
          public RexNode visitOver(RexOver over) {
            plain[0] = false;
            return over;
          }

          @Override
          public RexNode visitCorrelVariable(RexCorrelVariable variable) {
            plain[0] = false;
            return variable;
          }
        });
    return plain[0];
  }
}
