package io.orochi.sketches.error;

/**
 * A failure a user may see, as text in the same four parts as every error of Orochi. The numbers
 * are those of SUMMARY_UNREADABLE and SUMMARY_ARGUMENT_OUT_OF_RANGE in table-format, on which this
 * module does not depend.
 */
public final class SketchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private SketchException(int number, String message, String detail, String hint) {
    super("OROCHI-" + number + ": " + message + "\nDETAIL: " + detail + "\nHINT: " + hint);
  }

  /**
   * A stored summary whose bytes cannot be read.
   *
   * @param cause may be null
   */
  public static SketchException unreadable(String function, Throwable cause) {
    SketchException failure =
        new SketchException(
            2001,
            "Cannot read the summary given to " + function,
            "Its bytes are not those of the summary this function reads.",
            "Give it a value that was built by the _sketch function of the same family.");
    failure.initCause(cause);
    return failure;
  }

  /** An argument outside its bounds. */
  public static SketchException outOfRange(
      String function, String argument, long value, long minimum, long maximum) {
    return new SketchException(
        2002,
        "Invalid " + argument + " of " + function + ": " + value,
        "Allowed: " + minimum + " to " + maximum + ".",
        "Correct the value, or leave it out for its default.");
  }
}
