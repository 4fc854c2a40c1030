package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.sql.CannotExpress;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/** TUMBLE, HOP and CUMULATE over a TIMESTAMP column, counted from 1970-01-01. */
final class WindowTables {
  private static final long MICROS_PER_MILLI = 1_000;

  private WindowTables() {}

  /** Lengths in microseconds; step 0 for a tumbling window. */
  private record Window(String kind, int column, long step, long size) {}

  static Block write(TableFunctionScan function, ImmutableBitSet needed, RelSql sql) {
    if (!(function.getCall() instanceof RexCall call) || function.getInputs().size() != 1) {
      throw new CannotExpress("this table function");
    }
    RelDataType row = function.getInput(0).getRowType();
    Window window = window(call, row);
    ImmutableBitSet kept = needed.intersect(ImmutableBitSet.range(row.getFieldCount()));
    Block input =
        sql.plain(sql.block(function.getInput(0), kept.union(ImmutableBitSet.of(window.column()))));
    List<String> names = Names.unique(function.getRowType());
    Column[] columns = new Column[names.size()];
    for (int i : kept) {
      columns[i] = input.column(i).called(names.get(i));
    }
    String time = "epoch_us(" + input.column(window.column()).sql() + ")";
    return addBounds(
        input.where(input.column(window.column()).sql() + " IS NOT NULL"),
        columns,
        names,
        row.getFieldCount(),
        window,
        time,
        sql);
  }

  /** Start and end are computed once per row and window, below the columns made of them. */
  private static Block addBounds(
      Block input,
      Column[] columns,
      List<String> names,
      int width,
      Window window,
      String time,
      RelSql sql) {
    String start = names.get(width);
    String end = names.get(width + 1);
    boolean many = window.step() > 0;
    List<Column> inner = new ArrayList<>(Arrays.asList(columns).subList(0, width));
    inner.add(new Column(starts(window, time), start, false, many, null));
    inner.add(null);
    inner.add(null);
    if (window.kind().equals("CUMULATE")) {
      inner.set(width, new Column(floor(time, window.size()), start, false, false, null));
      inner.set(width + 1, new Column(ends(window, time), end, false, true, null));
    }
    Block bounds = sql.nested(input.withColumns(inner));
    String first = bounds.column(width).sql();
    String last =
        window.kind().equals("CUMULATE")
            ? bounds.column(width + 1).sql()
            : "(" + first + " + " + window.size() + ")";
    List<Column> outer = new ArrayList<>(bounds.columns().subList(0, width));
    outer.add(new Column("make_timestamp(" + first + ")", start, false, false, null));
    outer.add(new Column("make_timestamp(" + last + ")", end, false, false, null));
    outer.add(
        new Column(
            "make_timestamp(" + last + " - " + MICROS_PER_MILLI + ")",
            names.get(width + 2),
            false,
            false,
            null));
    return bounds.withColumns(outer);
  }

  private static String floor(String time, long width) {
    return "(" + time + " - (" + time + " % " + width + " + " + width + ") % " + width + ")";
  }

  private static String starts(Window window, String time) {
    if (window.step() == 0) {
      return floor(time, window.size());
    }
    String last = floor(time, window.step());
    return "unnest(range("
        + last
        + ", "
        + last
        + " - "
        + window.size()
        + ", -"
        + window.step()
        + "))";
  }

  /** Every step's end after the time, up to the end of the greatest window. */
  private static String ends(Window window, String time) {
    String start = floor(time, window.size());
    return "unnest(range("
        + floor(time, window.step())
        + " + "
        + window.step()
        + ", "
        + start
        + " + "
        + window.size()
        + " + 1, "
        + window.step()
        + "))";
  }

  private static Window window(RexCall call, RelDataType row) {
    String kind = call.getOperator().getName().toUpperCase(Locale.ROOT);
    List<RexNode> operands = call.getOperands();
    int lengths = kind.equals("TUMBLE") ? 1 : 2;
    boolean known = kind.equals("TUMBLE") || kind.equals("HOP") || kind.equals("CUMULATE");
    if (!known || operands.size() < 2 + lengths) {
      throw new CannotExpress("the table function " + kind);
    }
    int at = operands.size() - lengths - 1;
    int column = described(operands.get(at), row);
    if (row.getFieldList().get(column).getType().getSqlTypeName() != SqlTypeName.TIMESTAMP) {
      throw new CannotExpress(kind + " over a column that is not a TIMESTAMP");
    }
    long step = lengths == 1 ? 0 : micros(operands.get(at + 1));
    long size = micros(operands.get(at + lengths));
    if (step > 0 && size % step != 0) {
      throw new CannotExpress(kind + " whose size is not a multiple of its step");
    }
    return new Window(kind, column, step, size);
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
