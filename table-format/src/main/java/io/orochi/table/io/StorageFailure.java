package io.orochi.table.io;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Locale;

/** Turns what a file system threw into what a user can act on. */
public final class StorageFailure {
  private StorageFailure() {}

  /**
   * DISK_FULL if a cause says so, STORAGE_UNAVAILABLE otherwise; a coded cause stays as it is.
   *
   * @param action what could not be done, for example {@code "commit to db.cpu"}
   */
  public static OrochiException of(String action, Throwable cause) {
    return OrochiException.findIn(cause)
        .orElseGet(() -> isDiskFull(cause) ? diskFull(action, cause) : unavailable(action, cause));
  }

  private static OrochiException diskFull(String action, Throwable cause) {
    return OrochiException.of(OrochiErrorCode.DISK_FULL, "Cannot " + action + ": the disk is full")
        .withHint("Free space on the disk of the data folder, then try again; nothing was lost.")
        .causedBy(cause);
  }

  private static OrochiException unavailable(String action, Throwable cause) {
    return OrochiException.of(OrochiErrorCode.STORAGE_UNAVAILABLE, "Cannot " + action)
        .withDetail(String.valueOf(cause.getMessage()))
        .withHint("Check that the storage of the table can be reached and written, then try again.")
        .causedBy(cause);
  }

  private static boolean isDiskFull(Throwable failure) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 64; t = t.getCause(), depth++) {
      String text = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      if (text.contains("no space left") || text.contains("quota exceeded")) {
        return true;
      }
    }
    return false;
  }
}
