package io.orochi.gateway.plan.planner;

import io.orochi.gateway.plan.sql.ParsedVisitor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;

/**
 * {@code x IN (a, b)} is {@code x = a OR x = b}. Calcite casts each item to the type of {@code x},
 * so that an INT that is 2 would be in {@code (2.5)}, and one that is 705032704 in {@code
 * (5000000000)}. Items that the cast may change are compared by themselves; SOME and ALL of a list
 * likewise.
 */
final class ComparedItems extends ParsedVisitor {
  private static final BigDecimal FLOAT_EXACT = BigDecimal.valueOf(1L << 24);
  private static final BigDecimal DOUBLE_EXACT = BigDecimal.valueOf(1L << 53);

  private final SqlValidator validator;

  private ComparedItems(SqlValidator validator) {
    this.validator = validator;
  }

  /** Changes the lists in a validated statement where they stand. */
  static void keepTypes(SqlNode validated, SqlValidator validator) {
    validated.accept(new ComparedItems(validator));
  }

  @Override
  public Void visit(SqlCall call) {
    super.visit(call);
    if (call instanceof SqlBasicCall basic
        && call.operandCount() == 2
        && call.operand(1) instanceof SqlNodeList items) {
      Comparison comparison = comparison(call.getOperator());
      if (comparison != null) {
        separate(basic, comparison, items);
      }
    }
    return null;
  }

  /**
   * @param one compares with one item
   * @param all joins the comparisons
   */
  private record Comparison(SqlOperator one, SqlOperator all) {}

  private static Comparison comparison(SqlOperator operator) {
    return switch (operator.getKind()) {
      case IN -> new Comparison(SqlStdOperatorTable.EQUALS, SqlStdOperatorTable.OR);
      case NOT_IN -> new Comparison(SqlStdOperatorTable.NOT_EQUALS, SqlStdOperatorTable.AND);
      case SOME -> quantified(operator, SqlStdOperatorTable.OR);
      case ALL -> quantified(operator, SqlStdOperatorTable.AND);
      default -> null;
    };
  }

  private static Comparison quantified(SqlOperator operator, SqlOperator all) {
    if (!(operator instanceof SqlQuantifyOperator quantify)) {
      return null;
    }
    SqlOperator one =
        switch (quantify.comparisonKind) {
          case EQUALS -> SqlStdOperatorTable.EQUALS;
          case NOT_EQUALS -> SqlStdOperatorTable.NOT_EQUALS;
          case LESS_THAN -> SqlStdOperatorTable.LESS_THAN;
          case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
          case GREATER_THAN -> SqlStdOperatorTable.GREATER_THAN;
          case GREATER_THAN_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
          default -> null;
        };
    return one == null ? null : new Comparison(one, all);
  }

  private void separate(SqlBasicCall call, Comparison comparison, SqlNodeList items) {
    SqlNode left = call.operand(0);
    List<SqlNode> parts = new ArrayList<>();
    SqlNodeList kept = new SqlNodeList(items.getParserPosition());
    for (SqlNode item : items) {
      if (keepsValue(left, item)) {
        kept.add(item);
      } else {
        parts.add(compared(comparison.one(), left, item));
      }
    }
    if (parts.isEmpty()) {
      return;
    }
    if (!kept.isEmpty()) {
      parts.add(pair(call.getOperator(), left, kept));
    }
    SqlBasicCall whole = (SqlBasicCall) joined(comparison.all(), parts);
    whole.accept(new TypedAs(validator.getValidatedNodeTypeIfKnown(call)));
    call.setOperator(whole.getOperator());
    call.setOperand(0, whole.operand(0));
    call.setOperand(1, whole.operand(1));
  }

  /** The converter wants the type of each new condition; all are conditions on the same values. */
  private final class TypedAs extends ParsedVisitor {
    private final RelDataType type;

    TypedAs(RelDataType type) {
      this.type = type;
    }

    @Override
    public Void visit(SqlCall call) {
      if (validator.getValidatedNodeTypeIfKnown(call) != null || type == null) {
        return null;
      }
      validator.setValidatedNodeType(call, type);
      return super.visit(call);
    }
  }

  private static SqlNode compared(SqlOperator operator, SqlNode left, SqlNode item) {
    if (left.getKind() != SqlKind.ROW || item.getKind() != SqlKind.ROW) {
      return pair(operator, left, item);
    }
    boolean equal = operator.getKind() == SqlKind.EQUALS;
    List<SqlNode> parts = new ArrayList<>();
    for (int i = 0; i < ((SqlCall) left).operandCount(); i++) {
      parts.add(pair(operator, ((SqlCall) left).operand(i), ((SqlCall) item).operand(i)));
    }
    return joined(equal ? SqlStdOperatorTable.AND : SqlStdOperatorTable.OR, parts);
  }

  private static SqlNode pair(SqlOperator operator, SqlNode left, SqlNode right) {
    return new SqlBasicCall(operator, List.of(left, right), SqlParserPos.ZERO);
  }

  /** Halved again and again: whoever walks a long list stays near the ground. */
  private static SqlNode joined(SqlOperator operator, List<SqlNode> parts) {
    int size = parts.size();
    return size == 1
        ? parts.get(0)
        : pair(
            operator,
            joined(operator, parts.subList(0, size / 2)),
            joined(operator, parts.subList(size / 2, size)));
  }

  private boolean keepsValue(SqlNode left, SqlNode item) {
    if (left.getKind() == SqlKind.ROW && item.getKind() == SqlKind.ROW) {
      SqlCall row = (SqlCall) left;
      for (int i = 0; i < row.operandCount(); i++) {
        if (!keepsValue(row.operand(i), ((SqlCall) item).operand(i))) {
          return false;
        }
      }
      return true;
    }
    RelDataType to = validator.getValidatedNodeTypeIfKnown(left);
    RelDataType from = validator.getValidatedNodeTypeIfKnown(item);
    return to == null
        || from == null
        || !isNumber(to)
        || !isNumber(from)
        || to.getSqlTypeName() == from.getSqlTypeName()
        || to.getSqlTypeName() == SqlTypeName.DOUBLE
        || keepsNumber(to, from, item);
  }

  private static boolean keepsNumber(RelDataType to, RelDataType from, SqlNode item) {
    if (SqlTypeName.INT_TYPES.contains(to.getSqlTypeName())
        && SqlTypeName.INT_TYPES.contains(from.getSqlTypeName())
        && bits(to) > bits(from)) {
      return true;
    }
    BigDecimal number = wholeNumber(item);
    if (number == null) {
      return false;
    }
    BigDecimal size = number.abs();
    return switch (to.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> size.toBigInteger().bitLength() < bits(to);
      case FLOAT, REAL -> size.compareTo(FLOAT_EXACT) <= 0;
      case DOUBLE -> size.compareTo(DOUBLE_EXACT) <= 0;
      case DECIMAL -> size.precision() - size.scale() <= to.getPrecision() - to.getScale();
      default -> false;
    };
  }

  private static boolean isNumber(RelDataType type) {
    return SqlTypeName.NUMERIC_TYPES.contains(type.getSqlTypeName());
  }

  private static int bits(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT -> Byte.SIZE;
      case SMALLINT -> Short.SIZE;
      case INTEGER -> Integer.SIZE;
      default -> Long.SIZE;
    };
  }

  /** Null for what is no such constant. */
  private static BigDecimal wholeNumber(SqlNode item) {
    SqlNode literal = item.getKind() == SqlKind.MINUS_PREFIX ? ((SqlCall) item).operand(0) : item;
    return literal instanceof SqlNumericLiteral number && number.isInteger()
        ? number.bigDecimalValue()
        : null;
  }
}
