package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.narrow.ColumnEnds;
import io.orochi.gateway.plan.narrow.KeyValues;
import io.orochi.gateway.plan.narrow.Narrowing;
import io.orochi.gateway.plan.rel.tree.OneTable;
import io.orochi.gateway.plan.rel.tree.TimeGroups;
import io.orochi.gateway.plan.scan.Relation;
import io.orochi.gateway.plan.scan.Scan;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.SqlTemplate;
import io.orochi.table.kernel.scan.FirstFiles;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.iceberg.types.Types;

/** ORDER BY, LIMIT and OFFSET. */
final class Sorts {
  private static final long MOST_GROUPS = 1_000;

  private Sorts() {}

  static Block write(Sort sort, ImmutableBitSet needed, RelSql sql) {
    List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
    ImmutableBitSet.Builder read = ImmutableBitSet.builder().addAll(needed);
    keys.forEach(key -> read.set(key.getFieldIndex()));
    int scans = sql.scans().size();
    Block block = sql.block(sort.getInput(), read.build());
    if (!keys.isEmpty()) {
      if (sql.scans().size() == scans + 1) {
        noteFirst(sort, block, sql);
        noteFirstGroups(sort, block, sql);
      }
      boolean repeats =
          keys.stream().anyMatch(key -> !repeatable(block.column(key.getFieldIndex())));
      Block input = block.takesOrder() && !repeats ? block : sql.nested(block);
      return limited(input.orderBy(order(keys, input)), sort);
    }
    return limited(block.takesLimit() ? block : sql.nested(block), sort);
  }

  /** The first rows by a column need not be looked for in files with later ones. */
  private static void noteFirst(Sort sort, Block rows, RelSql sql) {
    RelFieldCollation key = sort.getCollation().getFieldCollations().get(0);
    Column column = rows.column(key.getFieldIndex());
    long wanted = wanted(sort);
    if (wanted == 0
        || column.origin() == null
        || sql.isCorrelated()
        || !OneTable.isUnder(sort.getInput())
        || !rows.takesOrder()) {
      return;
    }
    Scan scan = column.origin().scan();
    Types.NestedField field = scan.relation().schema().findField(column.origin().name());
    if (!(scan.relation() instanceof Relation.Stored)
        || !KeyValues.areNumbers(field.type())
        || field.isOptional() && nullsFirst(key)) {
      return;
    }
    boolean descending = key.getDirection().isDescending();
    String first =
        rows.withColumns(List.of(column.called("k")))
            .orderBy(key(key, rows))
            .limit("\nLIMIT " + wanted)
            .select();
    String reached = KeyValues.sql((descending ? "min" : "max") + "(p.k)", field.type());
    scan.needStatistics(field.name());
    sql.narrow(
        new Narrowing.FirstRows(
            sql.numberOf(scan),
            field.name(),
            field.type(),
            descending ? FirstFiles.Order.GREATEST_FIRST : FirstFiles.Order.LEAST_FIRST,
            wanted,
            SqlTemplate.of(
                "SELECT "
                    + reached
                    + " AS k FROM ("
                    + first
                    + ") AS p HAVING count(p.k) = "
                    + wanted),
            rows.hasConditions()));
  }

  /** Nor need the first groups by time. */
  private static void noteFirstGroups(Sort sort, Block groups, RelSql sql) {
    RelFieldCollation key = sort.getCollation().getFieldCollations().get(0);
    long wanted = wanted(sort);
    Optional<TimeGroups> time = TimeGroups.of(sort.getInput(), key.getFieldIndex());
    if (wanted == 0 || wanted > MOST_GROUPS || time.isEmpty() || sql.isCorrelated()) {
      return;
    }
    Scan scan = sql.scans().get(sql.scans().size() - 1);
    Types.NestedField field = scan.relation().schema().findField(time.get().column());
    String found =
        groups
            .withColumns(List.of(groups.column(key.getFieldIndex()).called("k")))
            .limit("\nLIMIT " + wanted)
            .select();
    if (!(scan.relation() instanceof Relation.Stored)
        || !(field.type() instanceof Types.TimestampType)
        || field.isOptional()
        || !groups.takesOrder()
        || !found.contains(SqlTemplate.hole(sql.numberOf(scan)))) {
      return;
    }
    scan.needStatistics(field.name());
    sql.narrow(
        new Narrowing.FirstGroups(
            sql.numberOf(scan),
            field.name(),
            field.type(),
            time.get().widthMicros(),
            key.getDirection().isDescending()
                ? FirstFiles.Order.GREATEST_FIRST
                : FirstFiles.Order.LEAST_FIRST,
            wanted,
            SqlTemplate.of("SELECT count(p.k) AS k FROM (" + found + ") AS p"),
            ColumnEnds.of(scan.filter(), field.name(), field.type())));
  }

  /** The rows that LIMIT and OFFSET let through and skip; 0 if there is no limit. */
  private static long wanted(Sort sort) {
    if (!(sort.fetch instanceof RexLiteral) || sort.offset != null && !isNumber(sort.offset)) {
      return 0;
    }
    try {
      BigInteger limit = new BigInteger(number(sort.fetch));
      BigInteger skipped =
          sort.offset == null ? BigInteger.ZERO : new BigInteger(number(sort.offset));
      return limit.signum() == 0 ? 0 : limit.add(skipped).longValueExact();
    } catch (ArithmeticException tooMany) {
      return 0;
    }
  }

  private static boolean isNumber(RexNode node) {
    return node instanceof RexLiteral;
  }

  private static boolean nullsFirst(RelFieldCollation key) {
    return switch (key.nullDirection) {
      case FIRST -> true;
      case LAST -> false;
      case UNSPECIFIED -> !key.getDirection().isDescending();
    };
  }

  /** A number in ORDER BY would be a position, and any other constant is an error. */
  private static boolean repeatable(Column column) {
    char first = column.sql().charAt(0);
    boolean constant =
        Character.isDigit(first)
            || first == '\''
            || column.sql().equals("true")
            || column.sql().equals("false");
    return !column.window() && !constant;
  }

  private static String order(List<RelFieldCollation> keys, Block input) {
    return keys.stream().map(key -> key(key, input)).collect(Collectors.joining(", "));
  }

  /** Flink takes NULL for the least value. */
  private static String key(RelFieldCollation key, Block input) {
    boolean descending = key.getDirection().isDescending();
    return input.column(key.getFieldIndex()).sql()
        + (descending ? " DESC" : " ASC")
        + (nullsFirst(key) ? " NULLS FIRST" : " NULLS LAST");
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
