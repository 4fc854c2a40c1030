package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.sql.CannotExpress;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** ORDER BY, LIMIT and OFFSET. */
final class Sorts {
  private Sorts() {}

  static Block write(Sort sort, ImmutableBitSet needed, RelSql sql) {
    List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
    ImmutableBitSet.Builder read = ImmutableBitSet.builder().addAll(needed);
    keys.forEach(key -> read.set(key.getFieldIndex()));
    Block block = sql.block(sort.getInput(), read.build());
    if (!keys.isEmpty()) {
      boolean repeats =
          keys.stream().anyMatch(key -> !repeatable(block.column(key.getFieldIndex())));
      Block input = block.takesOrder() && !repeats ? block : sql.nested(block);
      return limited(input.orderBy(order(keys, input)), sort);
    }
    return limited(block.takesLimit() ? block : sql.nested(block), sort);
  }

  /** A constant in ORDER BY would be a position. */
  private static boolean repeatable(Column column) {
    char first = column.sql().charAt(0);
    return !column.window() && !Character.isDigit(first);
  }

  private static String order(List<RelFieldCollation> keys, Block input) {
    return keys.stream().map(key -> key(key, input)).collect(Collectors.joining(", "));
  }

  /** Flink takes NULL for the least value. */
  private static String key(RelFieldCollation key, Block input) {
    boolean descending = key.getDirection().isDescending();
    boolean nullsFirst =
        switch (key.nullDirection) {
          case FIRST -> true;
          case LAST -> false;
          case UNSPECIFIED -> !descending;
        };
    return input.column(key.getFieldIndex()).sql()
        + (descending ? " DESC" : " ASC")
        + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
  }

  private static Block limited(Block block, Sort sort) {
    if (sort.fetch == null && sort.offset == null) {
      return block;
    }
    String limit = sort.fetch == null ? "" : "\nLIMIT " + number(sort.fetch);
    String offset = sort.offset == null ? "" : "\nOFFSET " + number(sort.offset);
    return block.limit(limit + offset);
  }

  private static String number(RexNode node) {
    if (node instanceof RexLiteral literal && literal.getValue() instanceof BigDecimal value) {
      return value.toBigIntegerExact().toString();
    }
    throw new CannotExpress("a computed LIMIT or OFFSET");
  }
}
