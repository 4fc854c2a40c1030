package io.orochi.gateway.plan.rel.window;

import io.orochi.gateway.plan.sql.CannotExpress;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.flink.table.planner.calcite.RexTableArgCall;

/**
 * A window that a query asks for.
 *
 * @param time the column it is over
 * @param keys the columns whose values have sessions of their own; empty for other windows
 */
public record WindowCall(Window window, int time, ImmutableBitSet keys) {
  private static final long MICROS_PER_MILLI = 1_000;

  /**
   * TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), ...)) and its kin.
   *
   * @param row the columns of the table
   */
  public static WindowCall ofTable(RexCall call, RelDataType row) {
    String kind = call.getOperator().getName().toUpperCase(Locale.ROOT);
    List<RexNode> operands = call.getOperands();
    int lengths = lengths(kind);
    int at = operands.size() - lengths - 1;
    if (at < 0) {
      throw new CannotExpress("the table function " + kind);
    }
    return new WindowCall(
        window(kind, operands.subList(at + 1, operands.size())),
        described(operands.get(at), row),
        operands.get(0) instanceof RexTableArgCall table
            ? ImmutableBitSet.of(table.getPartitionKeys())
            : ImmutableBitSet.of());
  }

  /** A group TUMBLE(ts, ...), HOP or SESSION, the first operand of which is the time. */
  public static Window ofGroup(RexCall call) {
    String kind = call.getOperator().getName().toUpperCase(Locale.ROOT).substring(1);
    List<RexNode> operands = call.getOperands();
    if (operands.size() != 1 + lengths(kind)) {
      throw new CannotExpress("a window with an offset");
    }
    return window(kind, operands.subList(1, operands.size()));
  }

  public static boolean isGroup(RexNode node) {
    return node instanceof RexCall call
        && (isNamed(call, "$TUMBLE") || isNamed(call, "$HOP") || isNamed(call, "$SESSION"));
  }

  /** Whether the step makes sessions. */
  public static boolean isSession(RelNode node) {
    if (node instanceof TableFunctionScan function) {
      return function.getCall() instanceof RexCall call && isNamed(call, "SESSION");
    }
    return node instanceof Project project
        && project.getProjects().stream()
            .anyMatch(value -> value instanceof RexCall call && isNamed(call, "$SESSION"));
  }

  private static boolean isNamed(RexCall call, String name) {
    return call.getOperator().getName().equalsIgnoreCase(name);
  }

  /** The window of a call with these lengths, the last ones of its operands. */
  static Window window(String kind, List<RexNode> lengths) {
    long first = micros(lengths.get(0));
    if (kind.equals("SESSION")) {
      return new Window.Session(first);
    }
    if (kind.equals("TUMBLE")) {
      return new Window.Tumble(first);
    }
    long size = micros(lengths.get(1));
    if (size % first != 0) {
      throw new CannotExpress(kind + " whose size is not a multiple of its step");
    }
    return kind.equals("HOP") ? new Window.Hop(first, size) : new Window.Cumulate(first, size);
  }

  static int lengths(String kind) {
    return switch (kind) {
      case "TUMBLE", "SESSION" -> 1;
      case "HOP", "CUMULATE" -> 2;
      default -> throw new CannotExpress("the table function " + kind);
    };
  }

  private static int described(RexNode descriptor, RelDataType row) {
    if (descriptor instanceof RexCall call && call.getOperands().size() == 1) {
      RexNode column = call.getOperands().get(0);
      if (column instanceof RexInputRef reference) {
        return reference.getIndex();
      }
      if (column instanceof RexLiteral name) {
        int index = row.getFieldNames().indexOf(name.getValueAs(String.class));
        if (index >= 0) {
          return index;
        }
      }
    }
    throw new CannotExpress("this time column of a window");
  }

  private static long micros(RexNode length) {
    if (length instanceof RexLiteral literal
        && SqlTypeName.DAY_INTERVAL_TYPES.contains(literal.getType().getSqlTypeName())
        && literal.getValueAs(BigDecimal.class).signum() > 0) {
      return literal.getValueAs(BigDecimal.class).longValueExact() * MICROS_PER_MILLI;
    }
    throw new CannotExpress("a window whose length is not a literal");
  }
}
