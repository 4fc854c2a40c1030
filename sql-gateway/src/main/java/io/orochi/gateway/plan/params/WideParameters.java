package io.orochi.gateway.plan.params;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A parameter has the type of the column it is compared with, where a constant would have its own.
 * A FLOAT may be compared with a DOUBLE and a CHAR(n) with text of any length, so their parameters
 * take more values than the column has, but only where nothing else is done with them.
 */
final class WideParameters {
  private final int[] uses;
  private final int[] compared;

  private WideParameters(int parameters) {
    this.uses = new int[parameters];
    this.compared = new int[parameters];
  }

  /**
   * @param types that were inferred
   * @return FLOAT for what takes a DOUBLE too, ANY for what takes no value
   */
  static List<RelDataType> types(RelNode tree, List<RelDataType> types) {
    if (types.stream().noneMatch(WideParameters::isNarrow)) {
      return types;
    }
    WideParameters parameters = new WideParameters(types.size());
    parameters.count(tree);
    List<RelDataType> wide = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      boolean onlyCompared = parameters.uses[i] == parameters.compared[i];
      wide.add(wide(types.get(i), onlyCompared, tree.getCluster().getTypeFactory()));
    }
    return wide;
  }

  private static boolean isNarrow(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.FLOAT || type.getSqlTypeName() == SqlTypeName.CHAR;
  }

  private static RelDataType wide(
      RelDataType type, boolean onlyCompared, RelDataTypeFactory factory) {
    if (isNarrow(type) && !onlyCompared) {
      return factory.createSqlType(SqlTypeName.ANY);
    } else if (type.getSqlTypeName() != SqlTypeName.CHAR) {
      return type;
    }
    RelDataType text =
        factory.createTypeWithCharsetAndCollation(
            factory.createSqlType(SqlTypeName.VARCHAR, Integer.MAX_VALUE),
            type.getCharset(),
            type.getCollation());
    return factory.createTypeWithNullability(text, type.isNullable());
  }

  private void count(RelNode tree) {
    RexShuttle expressions =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            if (call.isA(SqlKind.COMPARISON) || call.getKind() == SqlKind.LIKE) {
              countCompared(call.getOperands());
            }
            return super.visitCall(call);
          }

          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            count(subQuery.rel);
            return super.visitSubQuery(subQuery);
          }

          @Override
          public RexNode visitDynamicParam(RexDynamicParam parameter) {
            uses[parameter.getIndex()]++;
            return parameter;
          }
        };
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, RelNode parent) {
        node.accept(expressions);
        super.visit(node, ordinal, parent);
      }
    }.go(tree);
  }

  private void countCompared(List<RexNode> operands) {
    if (operands.stream().filter(RexDynamicParam.class::isInstance).count() == 1) {
      for (RexNode operand : operands) {
        if (operand instanceof RexDynamicParam parameter) {
          compared[parameter.getIndex()]++;
        }
      }
    }
  }
}
