package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.rel.window.Window;
import io.orochi.gateway.plan.rel.window.WindowCall;
import io.orochi.gateway.plan.rel.window.WindowTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.util.ImmutableBitSet;

/** Rows, once per window that they are in. */
final class WindowRows {
  private static final long MICROS_PER_MILLI = 1_000;

  private WindowRows() {}

  /**
   * Rows without a time are in no window.
   *
   * @param input plain rows
   * @return the same columns, then the window's start and its end in microseconds
   */
  static Block of(Block input, WindowCall call, WindowTime time, RelSql sql) {
    String column = input.column(call.time()).sql();
    Block rows = input.where(column + " IS NOT NULL");
    String at = time.micros(column);
    Window window = call.window();
    if (window instanceof Window.Session session) {
      return sessions(rows, call.keys(), at, session.gap(), sql);
    }
    int start = input.columns().size();
    if (window instanceof Window.Cumulate grown) {
      return sql.nested(
          with(
              rows,
              computed(Window.floor(at, grown.size()), "s"),
              new Column(ends(grown, at), "e", false, true, null)));
    }
    long size = window instanceof Window.Hop hop ? hop.size() : ((Window.Tumble) window).size();
    Column first =
        window instanceof Window.Hop hop
            ? new Column(starts(hop, at), "s", false, true, null)
            : computed(Window.floor(at, size), "s");
    Block bounds = sql.nested(with(rows, first));
    return with(bounds, computed("(" + bounds.column(start).sql() + " + " + size + ")", "e"));
  }

  private static Block with(Block rows, Column... more) {
    List<Column> columns = new ArrayList<>(rows.columns());
    for (Column column : more) {
      columns.add(column.called(free(column.name(), columns)));
    }
    return rows.withColumns(columns);
  }

  private static String free(String name, List<Column> taken) {
    boolean isFree =
        taken.stream().noneMatch(column -> column != null && name.equalsIgnoreCase(column.name()));
    return isFree ? name : free(name + "_", taken);
  }

  private static Column computed(String sql, String name) {
    return new Column(sql, name, false, false, null);
  }

  private static String starts(Window.Hop hop, String time) {
    String last = Window.floor(time, hop.step());
    return "unnest(range(" + last + ", " + last + " - " + hop.size() + ", -" + hop.step() + "))";
  }

  /** Every step's end after the time, up to the end of the greatest window. */
  private static String ends(Window.Cumulate grown, String time) {
    return "unnest(range("
        + Window.floor(time, grown.step())
        + " + "
        + grown.step()
        + ", "
        + Window.floor(time, grown.size())
        + " + "
        + grown.size()
        + " + 1, "
        + grown.step()
        + "))";
  }

  /**
   * A row that is later than the one before it by more than the gap begins a session. Frames are of
   * values, not of rows, because rows of one time stand in no order.
   */
  private static Block sessions(Block rows, ImmutableBitSet keys, String at, long gap, RelSql sql) {
    int width = rows.columns().size();
    Block timed = sql.nested(with(rows, computed(Window.floor(at, MICROS_PER_MILLI), "t")));
    String time = timed.column(width).sql();
    String over = over(timed, keys, time);
    Block neighbours =
        sql.nested(
            with(
                timed,
                window("lag(" + time + ") OVER (" + over + ")", "p"),
                window("lead(" + time + ") OVER (" + over + ")", "n")));
    time = neighbours.column(width).sql();
    String before = neighbours.column(width + 1).sql();
    String after = neighbours.column(width + 2).sql();
    over = over(neighbours, keys, time);
    Block untimed = neighbours.withColumns(neighbours.columns().subList(0, width));
    Column start =
        window(
            "max("
                + unlessNear(before, time, gap, time)
                + ") OVER ("
                + over
                + " RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
            "s");
    Column end =
        window(
            "min("
                + unlessNear(time, after, gap, time)
                + ") OVER ("
                + over
                + " RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) + "
                + gap,
            "e");
    Block sessions = sql.nested(with(untimed, start, end));
    List<Column> known = new ArrayList<>(sessions.columns());
    for (int key : keys) {
      known.set(key, sessions.column(key).from(rows.column(key).origin()));
    }
    return sessions.withColumns(known);
  }

  private static Column window(String sql, String name) {
    return new Column(sql, name, false, true, null);
  }

  /** A value where two times are further apart than the gap, or one of them is missing. */
  private static String unlessNear(String earlier, String later, long gap, String value) {
    return "CASE WHEN "
        + later
        + " - "
        + earlier
        + " <= "
        + gap
        + " THEN NULL ELSE "
        + value
        + " END";
  }

  private static String over(Block rows, ImmutableBitSet keys, String time) {
    String partition =
        keys.asList().stream().map(key -> rows.column(key).sql()).collect(Collectors.joining(", "));
    return (partition.isEmpty() ? "" : "PARTITION BY " + partition + " ") + "ORDER BY " + time;
  }
}
