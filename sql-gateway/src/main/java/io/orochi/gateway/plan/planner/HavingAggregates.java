package io.orochi.gateway.plan.planner;

import io.orochi.gateway.plan.sql.ParsedVisitor;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.validate.SqlValidator;

/**
 * {@code HAVING last(v, ts) > 3}. Calcite looks in HAVING for columns that stand neither in GROUP
 * BY nor in an aggregate before it knows which functions aggregate, unless only one function has
 * the name. Here it is told.
 */
final class HavingAggregates extends ParsedVisitor {
  private final SqlValidator validator;
  private boolean inHaving;

  private HavingAggregates(SqlValidator validator) {
    this.validator = validator;
  }

  /** Changes the calls in a parsed statement where they stand. */
  static void resolve(SqlNode parsed, SqlValidator validator) {
    parsed.accept(new HavingAggregates(validator));
  }

  @Override
  public Void visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      boolean outer = inHaving;
      for (SqlNode part : select.getOperandList()) {
        if (part != null) {
          inHaving = part == select.getHaving();
          part.accept(this);
        }
      }
      inHaving = outer;
      return null;
    }
    if (inHaving
        && call instanceof SqlBasicCall basic
        && call.getOperator() instanceof SqlUnresolvedFunction function) {
      if (aggregates(function.getNameAsId())) {
        basic.setOperator(new Aggregate(function));
      }
    }
    return super.visit(call);
  }

  private boolean aggregates(SqlIdentifier name) {
    List<SqlOperator> found = new ArrayList<>();
    validator
        .getOperatorTable()
        .lookupOperatorOverloads(
            name,
            SqlFunctionCategory.USER_DEFINED_FUNCTION,
            SqlSyntax.FUNCTION,
            found,
            validator.getCatalogReader().nameMatcher());
    return found.stream().anyMatch(SqlOperator::isAggregator);
  }

  /** Which function it is remains to be found. */
  private static final class Aggregate extends SqlUnresolvedFunction {
    private static final long serialVersionUID = 1L;

    Aggregate(SqlUnresolvedFunction function) {
      super(function.getNameAsId(), null, null, null, null, function.getFunctionType());
    }

    @Override
    public boolean isAggregator() {
      return true;
    }
  }
}
