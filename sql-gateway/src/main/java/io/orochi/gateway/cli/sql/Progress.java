package io.orochi.gateway.cli.sql;

import java.util.Locale;

/**
 * What a server knows of a running statement.
 *
 * @param fraction from 0 to 1; negative if unknown
 * @param rows sent so far
 */
public record Progress(double fraction, long rows) {
  public static final Progress UNKNOWN = new Progress(-1, 0);

  /** As it follows the time on the status line; empty if nothing is known. */
  String text() {
    String percent =
        fraction < 0 ? "" : String.format(Locale.ROOT, ", %d %%", (int) Math.floor(fraction * 100));
    return rows > 0 ? percent + String.format(Locale.ROOT, ", %,d rows", rows) : percent;
  }
}
