package io.orochi.gateway.plan.sql;

/**
 * The kernel has no exact equivalent of an expression; the message is one line that names it. It
 * ends planning for the kernel and never reaches a user as an exception.
 */
public final class CannotExpress extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 160;

  public CannotExpress(String reason) {
    super(shorten(reason), null, false, false);
  }

  private static String shorten(String reason) {
    String line = reason.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
