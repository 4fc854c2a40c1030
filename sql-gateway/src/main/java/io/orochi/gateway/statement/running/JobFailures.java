package io.orochi.gateway.statement.running;

import io.orochi.gateway.plan.error.KnownNames;
import io.orochi.gateway.plan.error.SqlErrors;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Optional;
import org.apache.flink.runtime.JobException;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.SerializedThrowable;

/** The failures of statements in their users' words. */
public final class JobFailures {
  private static final int LONGEST_DETAIL = 2_000;

  private JobFailures() {}

  /** A coded error among the causes as it is; a failed job by its first cause; else SQL errors. */
  static OrochiException translate(Throwable failure, String sql) {
    return translate(failure, sql, KnownNames.NONE);
  }

  public static OrochiException translate(Throwable failure, String sql, KnownNames names) {
    return OrochiException.findIn(failure)
        .orElseGet(
            () -> isOfJob(failure) ? jobFailed(failure) : SqlErrors.translate(failure, sql, names));
  }

  private static boolean isOfJob(Throwable failure) {
    return ExceptionUtils.findThrowable(failure, JobExecutionException.class).isPresent()
        || ExceptionUtils.findThrowable(failure, JobException.class).isPresent();
  }

  private static OrochiException jobFailed(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String kind = kind(root);
    String message = String.valueOf(root.getMessage()).replace(kind + ": ", "");
    String detail =
        message.length() > LONGEST_DETAIL ? message.substring(0, LONGEST_DETAIL) : message;
    return ofValue(kind, detail)
        .orElseGet(
            () ->
                OrochiException.of(OrochiErrorCode.FLINK_JOB_FAILED, "The Flink job failed")
                    .withDetail(detail)
                    .withHint("The server's log has the whole story."))
        .causedBy(failure);
  }

  private static String kind(Throwable failure) {
    return failure instanceof SerializedThrowable packed
        ? packed.getOriginalErrorClassName()
        : failure.getClass().getName();
  }

  /** What a value of the statement or of its tables did to the job, as the kernel would tell it. */
  private static Optional<OrochiException> ofValue(String kind, String detail) {
    return switch (kind) {
      case "java.lang.ArithmeticException" ->
          Optional.of(
              OrochiException.of(
                      OrochiErrorCode.NUMERIC_OUT_OF_RANGE, "Cannot compute a value: " + detail)
                  .withHint("Leave such rows out with WHERE, or use NULLIF or TRY_CAST."));
      case "java.lang.NumberFormatException", "java.time.DateTimeException" ->
          Optional.of(
              OrochiException.of(
                      OrochiErrorCode.VALUE_NOT_CONVERTIBLE, "Cannot convert a value: " + detail)
                  .withHint("TRY_CAST gives NULL for a value that cannot be converted."));
      case "org.apache.flink.table.runtime.operators.sink.constraint.EnforcerException" ->
          Optional.of(
              OrochiException.of(
                      OrochiErrorCode.NULL_NOT_ALLOWED, "Cannot write NULL into a NOT NULL column")
                  .withDetail(detail.lines().findFirst().orElse("").split("\\. ", 2)[0] + "."));
      default -> Optional.empty();
    };
  }
}
