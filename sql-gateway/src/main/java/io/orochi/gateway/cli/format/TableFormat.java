package io.orochi.gateway.cli.format;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * A table for people. Widths come from the first rows, so that a large result starts to show early
 * and needs no memory; a wider value later sticks out. A result of one column is mostly a text to
 * read (EXPLAIN, SHOW CREATE TABLE): it keeps its line breaks, all others show them as {@code \n}.
 */
final class TableFormat implements ResultFormat {
  private static final int ROWS_TO_MEASURE = 500;

  private final PrintWriter out;
  private final List<String[]> held = new ArrayList<>();
  private List<Column> columns = List.of();
  private int[] widths;
  private long rows;

  TableFormat(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(List<Column> newColumns) {
    columns = List.copyOf(newColumns);
  }

  @Override
  public void row(Object[] values) {
    String[] cells = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      cells[i] = values[i] == null ? "NULL" : onOneLine(ValueText.of(values[i]));
    }
    rows++;
    if (cells.length == 1 && values[0] instanceof String text && !text.isBlank()) {
      text.stripTrailing().lines().forEach(line -> print(new String[] {onOneLine(line)}));
    } else {
      print(cells);
    }
  }

  private void print(String[] cells) {
    if (widths != null) {
      printRow(cells);
      return;
    }
    held.add(cells);
    if (held.size() == ROWS_TO_MEASURE) {
      printHeld();
    }
  }

  @Override
  public void end() {
    if (widths == null) {
      printHeld();
    }
    out.append('(').append(String.valueOf(rows)).append(rows == 1 ? " row)\n" : " rows)\n");
    out.flush();
  }

  @Override
  public void done(long changedRows) {
    String count = changedRows == 1 ? ", 1 row" : ", " + changedRows + " rows";
    out.append("OK").append(changedRows < 0 ? "" : count).append('\n');
    out.flush();
  }

  private void printHeld() {
    String[] names =
        columns.stream().map(column -> onOneLine(column.name())).toArray(String[]::new);
    widths = new int[names.length];
    measure(names);
    held.forEach(this::measure);
    StringBuilder header = new StringBuilder();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < names.length; i++) {
      int left = (widths[i] - width(names[i])) / 2;
      int right = widths[i] - width(names[i]) - left;
      boolean last = i == names.length - 1;
      header.append(i == 0 ? " " : "| ").append(" ".repeat(left)).append(names[i]);
      header.append(last ? "" : " ".repeat(right + 1));
      line.append(i == 0 ? "" : "+").append("-".repeat(widths[i] + 2));
    }
    out.append(header).append('\n').append(line).append('\n');
    held.forEach(this::printRow);
    held.clear();
    out.flush();
  }

  private void measure(String[] cells) {
    for (int i = 0; i < cells.length; i++) {
      widths[i] = Math.max(widths[i], width(cells[i]));
    }
  }

  private void printRow(String[] cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String padding = " ".repeat(Math.max(0, widths[i] - width(cells[i])));
      boolean last = i == cells.length - 1;
      line.append(i == 0 ? " " : "| ");
      if (columns.get(i).numeric()) {
        line.append(padding).append(cells[i]).append(last ? "" : " ");
      } else {
        line.append(cells[i]).append(last ? "" : padding + " ");
      }
    }
    out.append(line).append('\n');
  }

  /** Columns on a terminal: wide characters take two, combining ones none. */
  static int width(String text) {
    return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
  }

  private static String onOneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (Character.isISOControl(c)) {
            line.append(String.format("\\u%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    return line.toString();
  }
}
