package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.rel.tree.Names;
import io.orochi.gateway.plan.rex.Casts;
import io.orochi.gateway.plan.rex.value.Inputs;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.KernelTypes;
import io.orochi.gateway.plan.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;

/** VALUES and UNNEST. */
final class ValueRows {
  private ValueRows() {}

  /** UNNEST of one array whose elements are not rows. */
  static Block elements(Uncollect uncollect, RelSql sql) {
    RelDataType input = uncollect.getInput().getRowType();
    RelDataType array = input.getFieldList().get(0).getType();
    if (uncollect.withOrdinality
        || input.getFieldCount() != 1
        || array.getSqlTypeName() != SqlTypeName.ARRAY
        || array.getComponentType().isStruct()) {
      throw new CannotExpress("UNNEST of " + input);
    }
    Block block = sql.plain(sql.block(uncollect.getInput(), RelSql.all(uncollect.getInput())));
    String name = Names.unique(uncollect.getRowType()).get(0);
    Column element = new Column("unnest(" + block.column(0).sql() + ")", name, false, true, null);
    return sql.nested(block.withColumns(List.of(element)));
  }

  static Block write(Values values, RelSql sql) {
    List<String> names = Names.unique(values.getRowType());
    if (values.getTuples().size() == 1) {
      return single(values, names, sql);
    }
    String alias = sql.nextRelation();
    List<Column> columns =
        names.stream()
            .map(name -> Column.named(alias + "." + SqlText.identifier(name), name, null))
            .toList();
    String list = names.stream().map(SqlText::identifier).collect(Collectors.joining(", "));
    if (values.getTuples().isEmpty()) {
      String nulls =
          values.getRowType().getFieldList().stream()
              .map(field -> "CAST(NULL AS " + KernelTypes.of(field.getType()) + ")")
              .collect(Collectors.joining(", "));
      String empty = "(SELECT " + nulls + " WHERE false) AS " + alias + "(" + list + ")";
      return Block.of(empty, columns);
    }
    String rows =
        values.getTuples().stream()
            .map(row -> "(" + String.join(", ", row(row, values.getRowType(), sql)) + ")")
            .collect(Collectors.joining(", "));
    return Block.of("(VALUES " + rows + ") AS " + alias + "(" + list + ")", columns);
  }

  /** One row needs no FROM. */
  private static Block single(Values values, List<String> names, RelSql sql) {
    List<String> texts = row(values.getTuples().get(0), values.getRowType(), sql);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      columns.add(new Column(texts.get(i), names.get(i), false, false, null));
    }
    return Block.of("", columns);
  }

  private static List<String> row(List<RexLiteral> row, RelDataType type, RelSql sql) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      RelDataType to = type.getFieldList().get(i).getType();
      RelDataType from = row.get(i).getType();
      String text = sql.rex().write(row.get(i), Inputs.none());
      texts.add(
          KernelTypes.of(from).equals(KernelTypes.of(to))
              ? text
              : Casts.write(text, from, to, null));
    }
    return texts;
  }
}
