package io.orochi.catalog.flink.source.filter;

import io.orochi.table.kernel.sql.KernelTypes;
import io.orochi.table.kernel.sql.SqlText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.NestedField;

/** A column compared with a constant, or with another column of its type. */
final class Comparisons {
  private static final Map<FunctionDefinition, String> OPERATORS =
      Map.of(
          BuiltInFunctionDefinitions.EQUALS, "=",
          BuiltInFunctionDefinitions.NOT_EQUALS, "<>",
          BuiltInFunctionDefinitions.LESS_THAN, "<",
          BuiltInFunctionDefinitions.LESS_THAN_OR_EQUAL, "<=",
          BuiltInFunctionDefinitions.GREATER_THAN, ">",
          BuiltInFunctionDefinitions.GREATER_THAN_OR_EQUAL, ">=");
  private static final Map<String, String> MIRRORED =
      Map.of("=", "=", "<>", "<>", "<", ">", "<=", ">=", ">", "<", ">=", "<=");

  /** Types whose values both engines order alike. */
  private static final Set<TypeID> SAME_ORDER =
      Set.of(
          TypeID.INTEGER,
          TypeID.LONG,
          TypeID.DECIMAL,
          TypeID.STRING,
          TypeID.DATE,
          TypeID.TIMESTAMP,
          TypeID.BINARY);

  private final Operands operands;

  Comparisons(Operands operands) {
    this.operands = operands;
  }

  /** Empty if the function is no comparison or the operands are not such. */
  Optional<KernelFilter> convert(CallExpression call) {
    String operator = OPERATORS.get(call.getFunctionDefinition());
    if (operator == null) {
      return Optional.empty();
    }
    List<ResolvedExpression> sides = call.getResolvedChildren();
    Optional<NestedField> left = operands.column(sides.get(0));
    Optional<NestedField> right = operands.column(sides.get(1));
    if (left.isPresent() && right.isPresent()) {
      return columns(left.get(), operator, right.get());
    }
    if (left.isPresent() && sides.get(1) instanceof ValueLiteralExpression literal) {
      return constant(left.get(), operator, literal);
    }
    if (right.isPresent() && sides.get(0) instanceof ValueLiteralExpression literal) {
      return constant(right.get(), MIRRORED.get(operator), literal);
    }
    return Optional.empty();
  }

  /** The column and the constant of {@code column = constant}. */
  Optional<Point> point(ResolvedExpression expression) {
    if (!(expression instanceof CallExpression call)
        || call.getFunctionDefinition() != BuiltInFunctionDefinitions.EQUALS) {
      return Optional.empty();
    }
    List<ResolvedExpression> sides = call.getResolvedChildren();
    return point(sides.get(0), sides.get(1)).or(() -> point(sides.get(1), sides.get(0)));
  }

  Optional<Point> point(ResolvedExpression column, ResolvedExpression constant) {
    if (!(constant instanceof ValueLiteralExpression literal)) {
      return Optional.empty();
    }
    return operands
        .column(column)
        .flatMap(
            field -> Constants.of(literal, field.type()).map(value -> new Point(field, value)));
  }

  /** One value of a column. */
  record Point(NestedField field, Object value) {}

  private static Optional<KernelFilter> columns(
      NestedField left, String operator, NestedField right) {
    if (!left.type().equals(right.type()) || !SAME_ORDER.contains(left.type().typeId())) {
      return Optional.empty();
    }
    return Optional.of(
        new KernelFilter(
            "(" + Operands.sql(left) + " " + operator + " " + Operands.sql(right) + ")",
            Expressions.alwaysTrue(),
            Set.of(left.name(), right.name())));
  }

  private static Optional<KernelFilter> constant(
      NestedField field, String operator, ValueLiteralExpression literal) {
    return Constants.of(literal, field.type())
        .map(
            value ->
                new KernelFilter(
                    sql(field, operator, value),
                    pruning(field.name(), operator, value),
                    Set.of(field.name())));
  }

  private static String sql(NestedField field, String operator, Object value) {
    String comparison =
        Operands.sql(field) + " " + operator + " " + constantSql(field.type(), value);
    boolean approximate =
        field.type().typeId() == TypeID.FLOAT || field.type().typeId() == TypeID.DOUBLE;
    // The kernel takes NaN for the greatest number, Flink for none.
    return approximate && operator.startsWith(">")
        ? "(" + comparison + " AND NOT isnan(" + Operands.sql(field) + "))"
        : "(" + comparison + ")";
  }

  static String constantSql(Type type, Object value) {
    return type.typeId() == TypeID.STRING
        ? SqlText.literal((String) value)
        : "CAST("
            + SqlText.literal(KernelTypes.textOf(type, value))
            + " AS "
            + KernelTypes.nameOf(type)
            + ")";
  }

  private static Expression pruning(String name, String operator, Object value) {
    return switch (operator) {
      case "=" -> Expressions.equal(name, value);
      case "<>" -> Expressions.notNull(name);
      case "<" -> Expressions.lessThan(name, value);
      case "<=" -> Expressions.lessThanOrEqual(name, value);
      case ">" -> Expressions.greaterThan(name, value);
      default -> Expressions.greaterThanOrEqual(name, value);
    };
  }
}
