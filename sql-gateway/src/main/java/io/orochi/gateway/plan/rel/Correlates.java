package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.sql.CannotExpress;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.util.ImmutableBitSet;

/** Lateral joins: the right side is computed for each row of the left. */
final class Correlates {
  private Correlates() {}

  static Block write(Correlate correlate, ImmutableBitSet needed, RelSql sql) {
    int width = correlate.getLeft().getRowType().getFieldCount();
    Block left =
        sql.plain(
            sql.block(
                correlate.getLeft(),
                Joins.below(needed, width).union(correlate.getRequiredColumns())));
    sql.bind(correlate.getCorrelVariable(), left);
    Block right = sql.nested(sql.block(correlate.getRight(), Joins.above(needed, width)));
    boolean outer =
        switch (correlate.getJoinType()) {
          case INNER -> false;
          case LEFT -> true;
          default -> throw new CannotExpress("a lateral join of kind " + correlate.getJoinType());
        };
    String from =
        left.leftItem()
            + (outer ? "\nLEFT JOIN LATERAL " : "\nCROSS JOIN LATERAL ")
            + right.rightItem()
            + (outer ? " ON true" : "");
    List<Column> columns = new ArrayList<>(left.columns());
    for (Column column : right.columns()) {
      boolean filled = correlate.getJoinType() == JoinRelType.LEFT;
      columns.add(column == null || !filled ? column : column.withoutOrigin());
    }
    return Block.ofJoin(from, columns);
  }
}
