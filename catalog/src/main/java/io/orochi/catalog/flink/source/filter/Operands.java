package io.orochi.catalog.flink.source.filter;

import io.orochi.table.kernel.sql.SqlText;
import java.util.Optional;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

/** What stands in a condition for a column. */
record Operands(Schema schema) {

  /** The top-level column itself, or seen as a wider whole number. */
  Optional<NestedField> column(ResolvedExpression expression) {
    if (expression instanceof FieldReferenceExpression reference) {
      return Optional.ofNullable(schema.asStruct().field(reference.getName()));
    }
    if (expression instanceof CallExpression call
        && call.getFunctionDefinition() == BuiltInFunctionDefinitions.CAST
        && widens(call.getResolvedChildren().get(0), call)) {
      return column(call.getResolvedChildren().get(0));
    }
    return Optional.empty();
  }

  private static boolean widens(ResolvedExpression from, ResolvedExpression to) {
    LogicalType source = from.getOutputDataType().getLogicalType();
    LogicalType target = to.getOutputDataType().getLogicalType();
    boolean sameType = source.copy(true).equals(target.copy(true));
    boolean widerWhole = source.is(LogicalTypeRoot.INTEGER) && target.is(LogicalTypeRoot.BIGINT);
    return sameType || widerWhole;
  }

  static String sql(NestedField field) {
    return SqlText.identifier(field.name());
  }
}
