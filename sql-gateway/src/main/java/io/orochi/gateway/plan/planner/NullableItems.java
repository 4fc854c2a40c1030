package io.orochi.gateway.plan.planner;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/**
 * {@code numbers[9]} and {@code ages['x']} are NULL where there is no such item, and have a type
 * that says so. Flink's generated code takes them for as little NULL as the items are, and gives -1
 * or an empty text. So the items are made nullable first.
 */
final class NullableItems extends RelHomogeneousShuttle {
  private final RexShuttle expressions;

  private NullableItems(RexBuilder builder) {
    this.expressions = new Items(builder);
  }

  static RelNode in(RelNode tree) {
    return tree.accept(new NullableItems(tree.getCluster().getRexBuilder()));
  }

  @Override
  public RelNode visit(RelNode node) {
    return super.visit(node).accept(expressions);
  }

  private final class Items extends RexShuttle {
    private final RexBuilder builder;

    Items(RexBuilder builder) {
      this.builder = builder;
    }

    @Override
    public RexNode visitCall(RexCall call) {
      RexNode visited = super.visitCall(call);
      if (!(visited instanceof RexCall item) || item.getKind() != SqlKind.ITEM) {
        return visited;
      }
      RexNode container = item.getOperands().get(0);
      RelDataType nullable = withNullableItems(container.getType(), builder.getTypeFactory());
      if (nullable.equals(container.getType())) {
        return visited;
      }
      List<RexNode> operands = new ArrayList<>(item.getOperands());
      operands.set(0, builder.makeAbstractCast(nullable, container));
      return item.clone(item.getType(), operands);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
      return visited.clone(visited.rel.accept(NullableItems.this));
    }
  }

  private static RelDataType withNullableItems(RelDataType type, RelDataTypeFactory factory) {
    return switch (type.getSqlTypeName()) {
      case ARRAY ->
          factory.createTypeWithNullability(
              factory.createArrayType(nullable(type.getComponentType(), factory), -1),
              type.isNullable());
      case MAP ->
          factory.createTypeWithNullability(
              factory.createMapType(type.getKeyType(), nullable(type.getValueType(), factory)),
              type.isNullable());
      default -> type;
    };
  }

  private static RelDataType nullable(RelDataType type, RelDataTypeFactory factory) {
    return factory.createTypeWithNullability(type, true);
  }
}
