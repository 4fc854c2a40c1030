package io.orochi.catalog.flink.sink.publish;

import io.orochi.table.error.ErrorType;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Gives failures of storage their code, and keeps Flink from retrying what cannot succeed. */
public final class SinkFailures {
  private SinkFailures() {}

  /**
   * @param what the message, should the failure be one of storage
   */
  public static RuntimeException of(String what, Exception failure) {
    Optional<OrochiException> known = OrochiException.findIn(failure);
    if (known.isPresent()) {
      return restartable(known.get());
    }
    if (isDiskFull(failure)) {
      return restartable(
          OrochiException.of(OrochiErrorCode.DISK_FULL, what + ": the disk is full")
              .withHint("Free space and start again; the table is as it was, nothing is doubled.")
              .causedBy(failure));
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : OrochiException.of(OrochiErrorCode.STORAGE_UNAVAILABLE, what)
            .withDetail(String.valueOf(failure.getMessage()))
            .causedBy(failure);
  }

  private static RuntimeException restartable(OrochiException failure) {
    ErrorType type = failure.code().type();
    return type == ErrorType.EXTERNAL || type == ErrorType.INTERNAL
        ? failure
        : new SuppressRestartsException(failure);
  }

  static boolean isDiskFull(Throwable failure) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 32; t = t.getCause(), depth++) {
      String message = t.getMessage() == null ? "" : t.getMessage().toLowerCase(Locale.ROOT);
      if (message.contains("no space left on device") || message.contains("disk quota exceeded")) {
        return true;
      }
    }
    return false;
  }
}
