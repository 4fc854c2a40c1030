package io.orochi.table.kernel.files;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import org.apache.iceberg.Table;

/** What is said about a file that cannot be read. */
public final class FileFailures {
  private FileFailures() {}

  /**
   * @param fact one sentence without a full stop
   */
  public static OrochiException corrupt(Table table, String location, String fact) {
    return OrochiException.of(
            OrochiErrorCode.DATA_FILE_CORRUPT,
            "Cannot trust data file " + location + " of table " + table.name())
        .withDetail(fact + ".")
        .withHint("Restore the file from a copy, or read a snapshot from before it.");
  }

  public static OrochiException missing(Table table, String location) {
    return OrochiException.of(
            OrochiErrorCode.DATA_FILE_MISSING,
            "Cannot find data file " + location + " of table " + table.name())
        .withHint("Restore the file from a copy, or read a snapshot from before it.");
  }

  static OrochiException unreadable(Table table, String location, Throwable cause) {
    if (isDiskFull(cause)) {
      return OrochiException.of(
              OrochiErrorCode.DISK_FULL, "Cannot keep a local copy of data file " + location)
          .withHint("Free space where the cache folder is, or make the cache smaller.")
          .causedBy(cause);
    }
    return OrochiException.of(
            OrochiErrorCode.STORAGE_UNAVAILABLE,
            "Cannot read data file " + location + " of table " + table.name())
        .withDetail(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""))
        .withHint("Check the storage and its permissions, then run the statement again.")
        .causedBy(cause);
  }

  static OrochiException cancelled() {
    return OrochiException.of(OrochiErrorCode.QUERY_CANCELLED, "Query cancelled");
  }

  private static boolean isDiskFull(Throwable cause) {
    return String.valueOf(cause.getMessage()).contains("No space left on device");
  }
}
