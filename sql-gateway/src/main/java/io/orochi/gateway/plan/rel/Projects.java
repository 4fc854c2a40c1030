package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.rel.tree.FirstOfEach;
import io.orochi.gateway.plan.rel.tree.Names;
import io.orochi.gateway.plan.rel.tree.References;
import io.orochi.gateway.plan.rex.value.Inputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.util.ImmutableBitSet;

/** SELECT lists. */
final class Projects {
  private Projects() {}

  static Block write(Project project, ImmutableBitSet needed, RelSql sql) {
    List<RexNode> used = needed.asList().stream().map(project.getProjects()::get).toList();
    boolean correlates = !project.getVariablesSet().isEmpty();
    Block input =
        sql.block(
            project.getInput(), correlates ? RelSql.all(project.getInput()) : References.of(used));
    input = firstOnly(project, input, sql);
    if (!fits(input, used)) {
      input = sql.nested(input);
    }
    if (correlates) {
      input = sql.plain(input);
      for (CorrelationId id : project.getVariablesSet()) {
        sql.bind(id.getName(), input);
      }
    }
    return input.withColumns(columns(project, needed, input, sql));
  }

  /** The rows without those that a condition on their number leaves out anyway. */
  private static Block firstOnly(Project project, Block rows, RelSql sql) {
    FirstOfEach first = sql.wantedFirst(project).orElse(null);
    if (first == null
        || !rows.takesGroups()
        || !rows.column(first.order()).simple()
        || !first.keys().stream().allMatch(key -> rows.column(key).simple())) {
      return rows;
    }
    String alias = sql.nextRelation();
    String order = rows.column(first.order()).sql();
    List<Column> columns = new ArrayList<>();
    List<String> same = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (int key : first.keys()) {
      String name = "k" + columns.size();
      String column = rows.column(key).sql();
      columns.add(rows.column(key).called(name));
      keys.add(column);
      same.add(column + " IS NOT DISTINCT FROM " + alias + "." + name);
    }
    String extreme = (first.descending() ? "max(" : "min(") + order + ")";
    columns.add(new Column(extreme, "k", false, false, null));
    same.add(order + " = " + alias + ".k");
    String firsts = rows.groupBy(String.join(", ", keys), columns).select();
    return rows.semiJoin("(" + firsts + ") AS " + alias, String.join(" AND ", same));
  }

  /** Whether the expressions can take the place of the input's columns without repeating work. */
  private static boolean fits(Block input, List<RexNode> expressions) {
    if (!input.takesColumns(References.hasWindow(expressions))
        || input.isOneGroup() && References.of(expressions).isEmpty()) {
      return false;
    }
    int[] counts = References.counts(expressions, input.columns().size());
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 1 && !input.column(i).simple()) {
        return false;
      }
    }
    return true;
  }

  private static List<Column> columns(
      Project project, ImmutableBitSet needed, Block input, RelSql sql) {
    List<String> names = Names.unique(project.getRowType());
    Column[] columns = new Column[names.size()];
    Inputs inputs = index -> input.column(index).sql();
    for (int i : needed) {
      RexNode expression = project.getProjects().get(i);
      columns[i] =
          expression instanceof RexInputRef reference
              ? input.column(reference.getIndex()).called(names.get(i))
              : new Column(
                  sql.rex().write(expression, inputs),
                  names.get(i),
                  false,
                  RexOver.containsOver(expression),
                  null);
    }
    return Arrays.asList(columns);
  }
}
