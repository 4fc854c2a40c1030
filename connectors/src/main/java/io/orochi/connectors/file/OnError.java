package io.orochi.connectors.file;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Locale;

/** What happens to a record that is no row of the table. */
public enum OnError {
  /** The source fails and names the record. */
  FAIL,
  /** It is emitted as rejected, which leaves it out of the table and counts it. */
  SKIP,
  /** As {@link #SKIP}, and whoever reads the source keeps it. */
  DEAD_LETTER;

  /**
   * @param text fail, skip or dead-letter
   */
  public static OnError parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "fail" -> FAIL;
      case "skip" -> SKIP;
      case "dead-letter" -> DEAD_LETTER;
      default ->
          throw OrochiException.of(
                  OrochiErrorCode.INVALID_OPTION_VALUE, "Invalid on-error: " + text)
              .withHint("Use fail, skip or dead-letter.");
    };
  }
}
