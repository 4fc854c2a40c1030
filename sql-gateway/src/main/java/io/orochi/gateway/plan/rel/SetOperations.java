package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.rel.tree.Names;
import io.orochi.gateway.plan.rex.Casts;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.KernelTypes;
import io.orochi.gateway.plan.sql.SqlText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.ImmutableBitSet;

/** UNION, INTERSECT and EXCEPT. */
final class SetOperations {
  private SetOperations() {}

  static Block write(SetOp operation, ImmutableBitSet needed, RelSql sql) {
    // rows are compared whole unless all are kept
    boolean keepsAll = operation.kind == org.apache.calcite.sql.SqlKind.UNION && operation.all;
    ImmutableBitSet used =
        keepsAll && !needed.isEmpty()
            ? needed
            : keepsAll ? ImmutableBitSet.of(0) : RelSql.all(operation);
    List<String> names = Names.unique(operation.getRowType());
    String alias = sql.nextRelation();
    List<String> selects = new ArrayList<>();
    for (RelNode input : operation.getInputs()) {
      Block block = sql.block(input, used);
      selects.add(
          "(" + block.withColumns(aligned(operation, input, block, used, names)).select() + ")");
    }
    Column[] columns = new Column[names.size()];
    for (int i : used) {
      columns[i] = Column.named(alias + "." + SqlText.identifier(names.get(i)), names.get(i), null);
    }
    return Block.of(
        "(" + String.join(keyword(operation), selects) + ") AS " + alias, Arrays.asList(columns));
  }

  private static String keyword(SetOp operation) {
    String all = operation.all ? " ALL " : " ";
    return switch (operation.kind) {
      case UNION -> "\nUNION" + all;
      case INTERSECT -> "\nINTERSECT" + all;
      case EXCEPT -> "\nEXCEPT" + all;
      default -> throw new CannotExpress("the set operation " + operation.kind);
    };
  }

  /** Each side's columns in the common type and with the common names. */
  private static List<Column> aligned(
      SetOp operation, RelNode input, Block block, ImmutableBitSet used, List<String> names) {
    Column[] columns = new Column[names.size()];
    for (int i : used) {
      RelDataType from = input.getRowType().getFieldList().get(i).getType();
      RelDataType to = operation.getRowType().getFieldList().get(i).getType();
      Column column = block.column(i);
      columns[i] =
          KernelTypes.of(from).equals(KernelTypes.of(to))
              ? column.called(names.get(i))
              : new Column(
                  Casts.write(column.sql(), from, to, null),
                  names.get(i),
                  false,
                  column.window(),
                  null);
    }
    return Arrays.asList(columns);
  }
}
