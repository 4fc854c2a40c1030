package io.orochi.gateway.plan.planner;

import io.orochi.gateway.plan.sql.ParsedVisitor;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlValidator;

/**
 * {@code ARRAY_AGG(x ORDER BY y)}. For this one Calcite's parser has its own function, whose array
 * is never NULL. That of Flink's function, which Calcite takes the type from in some places, may be
 * NULL if {@code x} may. And with FILTER it does not look for the functions in {@code y}.
 */
final class OrderedArrays extends ParsedVisitor {
  private static final SqlAggFunction NULLABLE =
      SqlBasicAggFunction.create(
              SqlKind.ARRAY_AGG,
              ReturnTypes.andThen(
                  ReturnTypes::stripOrderBy,
                  ReturnTypes.TO_ARRAY.andThen(SqlTypeTransforms.TO_NULLABLE)),
              OperandTypes.ANY)
          .withFunctionType(SqlFunctionCategory.SYSTEM)
          .withSyntax(SqlSyntax.ORDERED_FUNCTION)
          .withAllowsNullTreatment(true);

  private final SqlValidator validator;
  private final Deque<SqlSelect> selects = new ArrayDeque<>();

  private OrderedArrays(SqlValidator validator) {
    this.validator = validator;
  }

  /** Before a statement is validated: changes the functions of calls where they stand. */
  static void makeNullable(SqlNode parsed) {
    parsed.accept(
        new ParsedVisitor() {
          @Override
          public Void visit(SqlCall call) {
            if (isOrderedArray(call)) {
              ((SqlBasicCall) call).setOperator(NULLABLE);
            }
            return super.visit(call);
          }
        });
  }

  /** Afterwards: finds the functions that arrays are ordered by. */
  static void resolveKeys(SqlNode validated, SqlValidator validator) {
    validated.accept(new OrderedArrays(validator));
  }

  @Override
  public Void visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      selects.push(select);
      super.visit(call);
      selects.pop();
      return null;
    }
    if (isOrderedArray(call) && !selects.isEmpty()) {
      SqlNodeList keys = call.operand(1);
      for (SqlNode key : keys) {
        validator.deriveType(validator.getWhereScope(selects.element()), key);
      }
    }
    return super.visit(call);
  }

  private static boolean isOrderedArray(SqlCall call) {
    return call instanceof SqlBasicCall
        && call.getKind() == SqlKind.ARRAY_AGG
        && call.operandCount() == 2
        && call.operand(1) instanceof SqlNodeList;
  }
}
