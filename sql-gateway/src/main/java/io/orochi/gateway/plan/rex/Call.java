package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.Digests;
import io.orochi.gateway.plan.rex.value.Inputs;
import io.orochi.gateway.plan.rex.value.RexContext;
import io.orochi.gateway.plan.rex.value.Types;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.KernelTypes;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** A call being written and the means to write its operands. */
final class Call {
  /** Writes calls of one operator. */
  @FunctionalInterface
  interface Rule {
    /**
     * The SQL, safe as an operand without more parentheses, with exactly the kernel's type of the
     * call.
     *
     * @throws CannotExpress if the kernel would answer differently
     */
    String write(Call call);
  }

  private final RexCall rex;
  private final Inputs inputs;
  private final RexSql writer;
  private final int depth;

  Call(RexCall rex, Inputs inputs, RexSql writer, int depth) {
    this.rex = rex;
    this.inputs = inputs;
    this.writer = writer;
    this.depth = depth;
  }

  RexCall rex() {
    return rex;
  }

  RexContext context() {
    return writer.context();
  }

  int size() {
    return rex.getOperands().size();
  }

  RexNode node(int operand) {
    return rex.getOperands().get(operand);
  }

  RelDataType type() {
    return rex.getType();
  }

  RelDataType type(int operand) {
    return node(operand).getType();
  }

  /** The operand's SQL, with exactly the kernel's type of the operand. */
  String sql(int operand) {
    return sql(node(operand));
  }

  String sql(RexNode other) {
    return writer.write(other, inputs, depth + 1);
  }

  /** A date or time, without what is finer than a microsecond. */
  String micros(RexNode time) {
    return Types.hasNanos(time.getType()) ? Casts.toMicros(sql(time)) : sql(time);
  }

  String micros(int operand) {
    return micros(node(operand));
  }

  /** The operand converted to a type as Flink's CAST does. */
  String sqlAs(int operand, RelDataType target) {
    return sqlAs(node(operand), target);
  }

  String sqlAs(RexNode other, RelDataType target) {
    return Types.sameInKernel(other.getType(), target)
        ? sql(other)
        : Casts.write(sql(other), other.getType(), target, context());
  }

  /** The text given the call's own type. */
  String typed(String sql) {
    return "CAST(" + sql + " AS " + KernelTypes.of(type()) + ")";
  }

  Optional<RexLiteral> literal(int operand) {
    return node(operand) instanceof RexLiteral literal && !literal.isNull()
        ? Optional.of(literal)
        : Optional.empty();
  }

  OptionalInt wholeNumber(int operand) {
    return literal(operand)
        .filter(literal -> literal.getValue() instanceof BigDecimal)
        .map(literal -> literal.getValueAs(BigDecimal.class))
        .filter(value -> value.stripTrailingZeros().scale() <= 0)
        .filter(value -> value.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0)
        .map(value -> OptionalInt.of(value.intValueExact()))
        .orElseGet(OptionalInt::empty);
  }

  Optional<String> text(int operand) {
    return literal(operand)
        .filter(literal -> Types.isText(literal.getType()))
        .map(literal -> literal.getValueAs(String.class));
  }

  /** The unit of EXTRACT, FLOOR and CEIL. */
  TimeUnitRange unit(int operand) {
    return literal(operand)
        .filter(literal -> literal.getValue() instanceof TimeUnitRange)
        .map(literal -> literal.getValueAs(TimeUnitRange.class))
        .orElseThrow(() -> refusal("this unit"));
  }

  CannotExpress refusal(String why) {
    return new CannotExpress(why + " in " + Digests.of(rex));
  }
}
