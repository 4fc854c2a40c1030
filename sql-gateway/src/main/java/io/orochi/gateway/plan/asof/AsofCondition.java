package io.orochi.gateway.plan.asof;

import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * Stands around the whole condition of a join in trees, and says that the join is an ASOF JOIN:
 * Flink's trees have no such kind. No catalog knows the function, so no statement can call it.
 */
public final class AsofCondition extends SqlFunction {
  static final AsofCondition INSTANCE = new AsofCondition();

  private AsofCondition() {
    super(
        "ASOF JOIN ON",
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0,
        null,
        OperandTypes.BOOLEAN,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
  }

  static SqlNode around(SqlNode condition) {
    return INSTANCE.createCall(condition.getParserPosition(), condition);
  }

  /** What the join compares; empty for other joins. */
  public static Optional<RexNode> of(RexNode condition) {
    return condition instanceof RexCall call && call.getOperator().equals(INSTANCE)
        ? Optional.of(call.getOperands().get(0))
        : Optional.empty();
  }

  /** Looks nothing up. */
  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    RelDataType type = validator.deriveType(scope, call.operand(0));
    validator.setValidatedNodeType(call, type);
    return type;
  }
}
