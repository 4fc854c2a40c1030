package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.Types;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;

/**
 * A Flink function and the kernel's equivalent.
 *
 * @param name upper case, as Flink spells it
 * @param operands the kinds of the operands, as many as the call must have
 * @param template the kernel's SQL; {@code $1} is the first operand
 * @param note what a reader of the reference should know; empty if nothing
 */
record FunctionMapping(String name, List<Operand> operands, String template, String note) {
  /** What an operand must be for the equivalence to hold. */
  enum Operand {
    TEXT,
    TEXT_OR_WHOLE_NUMBER,
    BYTES,
    WHOLE_NUMBER,
    NUMBER;

    boolean accepts(RelDataType type) {
      return switch (this) {
        case TEXT -> Types.isText(type);
        case TEXT_OR_WHOLE_NUMBER -> Types.isText(type) || Types.isInteger(type);
        case BYTES ->
            org.apache.calcite.sql.type.SqlTypeName.BINARY_TYPES.contains(type.getSqlTypeName());
        case WHOLE_NUMBER -> Types.isInteger(type);
        case NUMBER -> Types.isNumber(type);
      };
    }
  }

  FunctionMapping {
    operands = List.copyOf(operands);
  }

  String write(Call call) {
    if (call.size() != operands.size()) {
      throw call.refusal(call.size() + " operands");
    }
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char letter = template.charAt(i);
      if (letter == '$') {
        i++;
        sql.append(operand(call, template.charAt(i) - '1'));
      } else {
        sql.append(letter);
      }
    }
    return call.typed(sql.toString());
  }

  private String operand(Call call, int index) {
    if (!operands.get(index).accepts(call.type(index))) {
      throw call.refusal("an operand of type " + call.type(index));
    }
    return call.sql(index);
  }
}
