package io.orochi.gateway.statement.result;

import io.orochi.catalog.settings.Settings;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Map;

/** Counts the rows and bytes of one result. One thread. */
public final class ResultLimit {
  private final long mostRows;
  private final long mostBytes;
  private long rows;
  private long bytes;

  private ResultLimit(long mostRows, long mostBytes) {
    this.mostRows = mostRows;
    this.mostBytes = mostBytes;
  }

  /** As the session is set. */
  public static ResultLimit of(Map<String, String> settings) {
    return new ResultLimit(Settings.resultRowLimit(settings), Settings.resultByteLimit(settings));
  }

  public static ResultLimit none() {
    return new ResultLimit(0, 0);
  }

  boolean countsBytes() {
    return mostBytes > 0;
  }

  /**
   * @throws OrochiException RESULT_TOO_LARGE
   */
  void addRows(long more) {
    rows += more;
    if (mostRows > 0 && rows > mostRows) {
      throw OrochiException.of(
              OrochiErrorCode.RESULT_TOO_LARGE, "The result has more than " + mostRows + " rows")
          .withHint("Add a LIMIT, or SET 'orochi.result-row-limit' to a larger number.");
    }
  }

  /**
   * @throws OrochiException RESULT_TOO_LARGE
   */
  void addBytes(long more) {
    bytes += more;
    if (mostBytes > 0 && bytes > mostBytes) {
      throw OrochiException.of(
              OrochiErrorCode.RESULT_TOO_LARGE, "The result has more than " + mostBytes + " bytes")
          .withHint(
              "Select fewer columns or rows, or SET 'orochi.result-byte-limit' to a larger number.");
    }
  }
}
