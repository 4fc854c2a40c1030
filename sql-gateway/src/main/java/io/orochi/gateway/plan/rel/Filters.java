package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.rel.tree.Correlations;
import io.orochi.gateway.plan.rel.tree.FirstOfEach;
import io.orochi.gateway.plan.rel.tree.References;
import io.orochi.gateway.plan.scan.ScanColumn;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** WHERE and HAVING. */
final class Filters {
  private Filters() {}

  static Block write(Filter filter, ImmutableBitSet needed, RelSql sql) {
    List<RexNode> conditions = List.of(filter.getCondition());
    FirstOfEach.of(filter).ifPresent(first -> sql.wantFirst((Project) filter.getInput(), first));
    ImmutableBitSet outer = Correlations.columns(filter.getVariablesSet(), conditions);
    Block input =
        sql.block(filter.getInput(), needed.union(References.of(conditions)).union(outer));
    if (!filter.getVariablesSet().isEmpty()) {
      input = sql.plain(input);
      for (CorrelationId id : filter.getVariablesSet()) {
        sql.bind(id.getName(), input);
      }
    }
    boolean having = input.takesHaving();
    if (!having && !input.takesWhere()) {
      input = sql.nested(input);
    }
    Block row = input;
    IntFunction<ScanColumn> columns = index -> row.column(index).origin();
    Restrictions.note(filter.getCondition(), columns, columns, sql);
    for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
      String condition = sql.rex().write(conjunct, index -> row.column(index).sql());
      input = having ? input.having(condition) : input.where(condition);
    }
    return input;
  }
}
