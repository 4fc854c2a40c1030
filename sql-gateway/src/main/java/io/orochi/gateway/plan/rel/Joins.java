package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.asof.AsofCondition;
import io.orochi.gateway.plan.asof.AsofShape;
import io.orochi.gateway.plan.rel.tree.Correlations;
import io.orochi.gateway.plan.rel.tree.References;
import io.orochi.gateway.plan.sql.CannotExpress;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Joins of two relations that do not refer to each other. */
final class Joins {
  private Joins() {}

  static Block write(Join join, ImmutableBitSet needed, RelSql sql) {
    int width = join.getLeft().getRowType().getFieldCount();
    List<RexNode> conditions = List.of(join.getCondition());
    ImmutableBitSet read =
        needed
            .union(References.of(conditions))
            .union(Correlations.columns(join.getVariablesSet(), conditions));
    Block left = sql.plain(sql.block(join.getLeft(), below(read, width)));
    Block right = sql.plain(sql.block(join.getRight(), above(read, width)));
    List<Column> both = new ArrayList<>(left.columns());
    both.addAll(right.columns());
    Block row = Block.of("", both);
    for (CorrelationId id : join.getVariablesSet()) {
      sql.bind(id.getName(), row);
    }
    RexNode nearest = AsofCondition.of(join.getCondition()).orElse(null);
    if (nearest != null) {
      return nearest(join, nearest, left, right, sql);
    }
    prune(join, width, row, sql);
    String condition =
        join.getCondition().isAlwaysTrue()
            ? "true"
            : sql.rex().write(join.getCondition(), index -> row.column(index).sql());
    String from = from(join.getJoinType(), left, right, condition);
    return Block.ofJoin(from, visible(join, width, both));
  }

  /**
   * A condition above must not choose among the rows of the right side: without the nearest row,
   * the next one would be the nearest.
   */
  private static Block nearest(Join join, RexNode on, Block left, Block right, RelSql sql) {
    AsofShape.check(join, on);
    List<Column> both = new ArrayList<>(left.columns());
    for (Column column : right.columns()) {
      both.add(column == null ? null : column.withoutOrigin());
    }
    String condition = sql.rex().write(on, index -> both.get(index).sql());
    String keyword = join.getJoinType() == JoinRelType.LEFT ? "ASOF LEFT JOIN " : "ASOF JOIN ";
    String from = left.leftItem() + "\n" + keyword + right.rightItem() + " ON " + condition;
    return Block.ofJoin(from, both);
  }

  private static String from(JoinRelType type, Block left, Block right, String condition) {
    boolean cross = type == JoinRelType.INNER && condition.equals("true");
    String keyword =
        switch (type) {
          case INNER -> cross ? "\nCROSS JOIN " : "\nJOIN ";
          case LEFT -> "\nLEFT JOIN ";
          case RIGHT -> "\nRIGHT JOIN ";
          case FULL -> "\nFULL JOIN ";
          case SEMI -> "\nSEMI JOIN ";
          case ANTI -> "\nANTI JOIN ";
          default -> throw new CannotExpress("a join of kind " + type);
        };
    return left.leftItem() + keyword + right.rightItem() + (cross ? "" : " ON " + condition);
  }

  /** The condition decides about a side's rows unless the join keeps them anyway. */
  private static void prune(Join join, int width, Block row, RelSql sql) {
    JoinRelType type = join.getJoinType();
    boolean leftCounts =
        type == JoinRelType.INNER || type == JoinRelType.RIGHT || type == JoinRelType.SEMI;
    boolean rightCounts = type != JoinRelType.RIGHT && type != JoinRelType.FULL;
    Restrictions.note(
        join.getCondition(),
        index -> row.column(index).origin(),
        index -> (index < width ? leftCounts : rightCounts) ? row.column(index).origin() : null,
        sql);
  }

  /** Columns a join may fill with NULL are no longer those of their scan. */
  private static List<Column> visible(Join join, int width, List<Column> both) {
    JoinRelType type = join.getJoinType();
    List<Column> columns = new ArrayList<>();
    int count = type.projectsRight() ? both.size() : width;
    for (int i = 0; i < count; i++) {
      boolean filled = i < width ? type.generatesNullsOnLeft() : type.generatesNullsOnRight();
      Column column = both.get(i);
      columns.add(column == null || !filled ? column : column.withoutOrigin());
    }
    return columns;
  }

  static ImmutableBitSet below(ImmutableBitSet bits, int width) {
    return bits.intersect(ImmutableBitSet.range(width));
  }

  static ImmutableBitSet above(ImmutableBitSet bits, int width) {
    return bits.except(ImmutableBitSet.range(width)).shift(-width);
  }
}
