package io.orochi.gateway.cli.sql;

import java.io.PrintWriter;

/** One line on a terminal that is drawn again and again. Any thread. */
public final class StatusLine {
  private final PrintWriter err;
  private final boolean terminal;
  private String shown = "";

  private StatusLine(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** Draws over itself. */
  public static StatusLine onTerminal(PrintWriter err) {
    return new StatusLine(err, true);
  }

  /** Never prints: for files and pipes. */
  public static StatusLine silent() {
    return new StatusLine(new PrintWriter(PrintWriter.nullWriter()), false);
  }

  /** Drawn on standard error if a person watches, else silent. */
  public static StatusLine forProcess(PrintWriter err) {
    return System.console() == null ? silent() : onTerminal(err);
  }

  public synchronized void show(String text) {
    if (terminal) {
      String padding = " ".repeat(Math.max(0, shown.length() - text.length()));
      err.print("\r" + text + padding);
      err.flush();
      shown = text;
    }
  }

  public synchronized void clear() {
    if (terminal && !shown.isEmpty()) {
      err.print("\r" + " ".repeat(shown.length()) + "\r");
      err.flush();
      shown = "";
    }
  }
}
