package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.Types;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A Flink function and the kernel's equivalent.
 *
 * @param name upper case, as Flink spells it
 * @param operands the kinds of the operands, as many as the call must have
 * @param result the kind of the result
 * @param template the kernel's SQL; {@code $1} is the first operand
 * @param note what a reader of the reference should know; empty if nothing
 */
record FunctionMapping(
    String name, List<Operand> operands, Operand result, String template, String note) {
  /** What an operand or a result must be for the equivalence to hold. */
  enum Operand {
    ANY,
    TEXT,
    /** As a literal is. */
    TEXT_OF_FIXED_LENGTH,
    TEXT_OR_WHOLE_NUMBER,
    BYTES,
    WHOLE_NUMBER,
    NUMBER;

    boolean accepts(RelDataType type) {
      return switch (this) {
        case ANY -> true;
        case TEXT -> Types.isText(type);
        case TEXT_OF_FIXED_LENGTH -> type.getSqlTypeName() == SqlTypeName.CHAR;
        case TEXT_OR_WHOLE_NUMBER -> Types.isText(type) || Types.isInteger(type);
        case BYTES -> SqlTypeName.BINARY_TYPES.contains(type.getSqlTypeName());
        case WHOLE_NUMBER -> Types.isInteger(type);
        case NUMBER -> Types.isNumber(type);
      };
    }
  }

  FunctionMapping {
    operands = List.copyOf(operands);
  }

  boolean isOf(int size) {
    return operands.size() == size;
  }

  String write(Call call) {
    if (!isOf(call.size())) {
      throw call.refusal(call.size() + " operands");
    }
    if (!result.accepts(call.type())) {
      throw call.refusal("a result of type " + call.type());
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
