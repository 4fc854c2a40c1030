package io.orochi.table.integrity;

import java.util.Locale;

/**
 * One thing a check has found.
 *
 * @param file its location; the snapshot's id for {@link FileRole#SNAPSHOT}
 * @param detail one sentence
 */
public record TableFinding(String file, FileRole role, Severity severity, String detail) {
  /** What a finding means to a reader of the table. */
  public enum Severity {
    /** Nothing is wrong. */
    INFO,
    /** Queries work, but something is not as it should be, or could not be proven. */
    WARNING,
    /** A query that needs the file fails. */
    ERROR;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  boolean isError() {
    return severity == Severity.ERROR;
  }
}
