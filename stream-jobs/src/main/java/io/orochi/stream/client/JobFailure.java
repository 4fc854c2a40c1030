package io.orochi.stream.client;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.net.ConnectException;
import java.util.Optional;
import org.apache.flink.util.SerializedThrowable;

/** Finds what a user should read in the failure of a job. */
final class JobFailure {
  private static final int DEPTH = 32;

  private JobFailure() {}

  static OrochiException of(String pipeline, Throwable failure) {
    return find(failure)
        .or(() -> serverGone(pipeline, failure))
        .orElseGet(
            () ->
                OrochiException.of(
                        OrochiErrorCode.INGEST_FAILED, "Cannot finish \"%s\"".formatted(pipeline))
                    .withDetail(rootMessage(failure))
                    .withHint(
                        "The server's log says more. What was committed stays; run it again to"
                            + " continue.")
                    .causedBy(failure));
  }

  private static Optional<OrochiException> serverGone(String pipeline, Throwable failure) {
    Throwable current = failure;
    for (int depth = 0; current != null && depth < DEPTH; depth++) {
      if (current instanceof ConnectException) {
        return Optional.of(
            OrochiException.of(
                    OrochiErrorCode.INGEST_FAILED, "Cannot finish \"%s\"".formatted(pipeline))
                .withDetail("The server no longer answers: it was stopped, or it died.")
                .withHint(
                    "What was committed stays. Start the server and run this again: no row comes"
                        + " twice.")
                .causedBy(failure));
      }
      current = current.getCause();
    }
    return Optional.empty();
  }

  private static Optional<OrochiException> find(Throwable failure) {
    Throwable current = failure;
    for (int depth = 0; current != null && depth < DEPTH; depth++) {
      if (current instanceof OrochiException found) {
        return Optional.of(found);
      }
      Throwable whole =
          current instanceof SerializedThrowable serialized
              ? serialized.deserializeError(JobFailure.class.getClassLoader())
              : current;
      current = whole == current ? current.getCause() : whole;
    }
    return Optional.empty();
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < DEPTH; depth++) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
