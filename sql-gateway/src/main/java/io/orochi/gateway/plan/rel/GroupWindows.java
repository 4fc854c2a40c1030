package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.rel.tree.Names;
import io.orochi.gateway.plan.rel.window.Window;
import io.orochi.gateway.plan.rel.window.WindowCall;
import io.orochi.gateway.plan.rel.window.WindowTime;
import io.orochi.gateway.plan.sql.CannotExpress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * GROUP BY TUMBLE(ts, ...), HOP and SESSION. The group's column is a pair of start and end in
 * microseconds, out of which TUMBLE_START and its kin are taken.
 */
final class GroupWindows {
  private GroupWindows() {}

  /** The rows below an aggregate that has such a group; empty for any other. */
  static Optional<Block> rows(Aggregate aggregate, ImmutableBitSet needed, RelSql sql) {
    if (!(aggregate.getInput() instanceof Project project)) {
      return Optional.empty();
    }
    List<Integer> windows =
        aggregate.getGroupSet().asList().stream()
            .filter(key -> WindowCall.isGroup(project.getProjects().get(key)))
            .toList();
    if (windows.isEmpty()) {
      return Optional.empty();
    }
    if (windows.size() > 1 || aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      throw new CannotExpress("several windows of one row");
    }
    return Optional.of(rows(project, windows.get(0), aggregate.getGroupSet(), needed, sql));
  }

  private static Block rows(
      Project project, int at, ImmutableBitSet groups, ImmutableBitSet needed, RelSql sql) {
    RexCall call = (RexCall) project.getProjects().get(at);
    RexNode column = call.getOperands().get(0);
    RelDataType type = column.getType();
    Window window = WindowCall.ofGroup(call);
    ImmutableBitSet keys =
        window instanceof Window.Session ? groups.clear(at) : ImmutableBitSet.of();
    Block timed = sql.plain(sql.block(withTime(project, at, column), needed.union(keys).set(at)));
    WindowTime time = WindowTime.of(type, sql.timeZone());
    Block rows = WindowRows.of(timed, new WindowCall(window, at, keys), time, sql);
    int width = timed.columns().size();
    String pair =
        "struct_pack(s := "
            + rows.column(width).sql()
            + ", e := "
            + rows.column(width + 1).sql()
            + ")";
    List<Column> columns = new ArrayList<>(rows.columns().subList(0, width));
    columns.set(at, new Column(pair, columns.get(at).name(), false, false, null));
    return sql.nested(rows.withColumns(columns));
  }

  private static Project withTime(Project project, int at, RexNode column) {
    List<RexNode> values = new ArrayList<>(project.getProjects());
    values.set(at, column);
    return LogicalProject.create(
        project.getInput(),
        project.getHints(),
        values,
        Names.unique(project.getRowType()),
        project.getVariablesSet());
  }
}
