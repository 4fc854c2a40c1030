package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.narrow.KeyValues;
import io.orochi.gateway.plan.rel.tree.OneTable;
import io.orochi.gateway.plan.scan.Pruning;
import io.orochi.gateway.plan.scan.Scan;
import io.orochi.gateway.plan.scan.ScanColumn;
import io.orochi.gateway.plan.sql.SqlText;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** Tells scans which of their rows do not matter to the query. */
final class Restrictions {
  private Restrictions() {}

  /**
   * @param columns the scan column behind each input field
   * @param counting the same, but null where the scan's rows count also when the condition fails
   */
  static void note(
      RexNode condition,
      IntFunction<ScanColumn> columns,
      IntFunction<ScanColumn> counting,
      RelSql sql) {
    sql.pruning().push(condition, counting);
    for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
      if (OneTable.isPlain(conjunct)) {
        Optional<Scan> scan = Pruning.scanOf(conjunct, counting);
        scan.ifPresent(found -> found.restrict(text(conjunct, counting, sql)));
        noteKeys(conjunct, columns, counting, sql);
      }
    }
  }

  private static String text(RexNode conjunct, IntFunction<ScanColumn> columns, RelSql sql) {
    return sql.rex()
        .write(
            conjunct, index -> Scan.ALIAS + "." + SqlText.identifier(columns.apply(index).name()));
  }

  private static void noteKeys(
      RexNode conjunct,
      IntFunction<ScanColumn> columns,
      IntFunction<ScanColumn> counting,
      RelSql sql) {
    if (conjunct.getKind() != SqlKind.EQUALS) {
      return;
    }
    int left = field(((RexCall) conjunct).getOperands().get(0));
    int right = field(((RexCall) conjunct).getOperands().get(1));
    if (left >= 0 && right >= 0) {
      noteKey(columns.apply(left), counting.apply(right), sql);
      noteKey(columns.apply(right), counting.apply(left), sql);
    }
  }

  private static void noteKey(ScanColumn from, ScanColumn to, RelSql sql) {
    if (from != null
        && to != null
        && from.scan() != to.scan()
        && KeyValues.comparable(from.type(), to.type())) {
      sql.joinKey(from, to);
    }
  }

  /** The field that is compared, perhaps as a longer whole number; -1 if something else is. */
  private static int field(RexNode node) {
    if (node instanceof RexInputRef reference) {
      return reference.getIndex();
    }
    boolean widened =
        node.getKind() == SqlKind.CAST
            && SqlTypeName.INT_TYPES.contains(node.getType().getSqlTypeName())
            && ((RexCall) node).getOperands().get(0) instanceof RexInputRef inner
            && SqlTypeName.INT_TYPES.contains(inner.getType().getSqlTypeName())
            && SqlTypeName.INT_TYPES.indexOf(inner.getType().getSqlTypeName())
                <= SqlTypeName.INT_TYPES.indexOf(node.getType().getSqlTypeName());
    return widened ? ((RexInputRef) ((RexCall) node).getOperands().get(0)).getIndex() : -1;
  }
}
