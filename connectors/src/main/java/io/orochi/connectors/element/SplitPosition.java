package io.orochi.connectors.element;

import java.util.Objects;

/**
 * How far a split was read. As text {@code "1200"}, or {@code "1200 end"} if nothing can follow.
 *
 * @param ordinal the number of records read
 */
public record SplitPosition(long ordinal, boolean ended) {
  public static final SplitPosition START = new SplitPosition(0, false);
  private static final String END = " end";

  public static SplitPosition parse(String text) {
    Objects.requireNonNull(text);
    boolean ended = text.endsWith(END);
    String number = ended ? text.substring(0, text.length() - END.length()) : text;
    return new SplitPosition(Long.parseLong(number), ended);
  }

  public String text() {
    return ended ? ordinal + END : Long.toString(ordinal);
  }
}
