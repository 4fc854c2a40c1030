package io.orochi.table.error;

import java.util.Objects;
import java.util.Optional;

/**
 * A failure a user may see, in four parts: code, message ("Cannot …", "Invalid …: value"), detail
 * (the facts) and hint (what to do). {@link #getMessage()} renders all four, so that doors which
 * carry only text lose nothing; no part ever holds a secret or a stack trace.
 */
public final class OrochiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final OrochiErrorCode code;
  private final String summary;
  private final String detail;
  private final String hint;

  private OrochiException(
      OrochiErrorCode code, String summary, String detail, String hint, Throwable cause) {
    super(render(code, summary, detail, hint), cause);
    this.code = Objects.requireNonNull(code);
    this.summary = Objects.requireNonNull(summary);
    this.detail = Objects.requireNonNull(detail);
    this.hint = Objects.requireNonNull(hint);
  }

  public static OrochiException of(OrochiErrorCode code, String message) {
    return new OrochiException(code, message, "", "", null);
  }

  /** The same failure with facts added. */
  public OrochiException withDetail(String newDetail) {
    return new OrochiException(code, summary, newDetail, hint, getCause());
  }

  /** The same failure with advice added. */
  public OrochiException withHint(String newHint) {
    return new OrochiException(code, summary, detail, newHint, getCause());
  }

  /** The same failure with what led to it; for logs, never shown to a user. */
  public OrochiException causedBy(Throwable cause) {
    return new OrochiException(code, summary, detail, hint, cause);
  }

  /** The first OrochiException in a chain of causes, outermost first. */
  public static Optional<OrochiException> findIn(Throwable failure) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 64; t = t.getCause(), depth++) {
      if (t instanceof OrochiException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  public OrochiErrorCode code() {
    return code;
  }

  /** The message alone, one line. */
  public String summary() {
    return summary;
  }

  /** Empty if there is none. */
  public String detail() {
    return detail;
  }

  /** Empty if there is none. */
  public String hint() {
    return hint;
  }

  private static String render(OrochiErrorCode code, String summary, String detail, String hint) {
    StringBuilder text = new StringBuilder(64 + summary.length() + detail.length() + hint.length());
    text.append("OROCHI-").append(code.number()).append(": ").append(summary);
    if (!detail.isEmpty()) {
      text.append("\nDETAIL: ").append(detail);
    }
    if (!hint.isEmpty()) {
      text.append("\nHINT: ").append(hint);
    }
    return text.toString();
  }
}
