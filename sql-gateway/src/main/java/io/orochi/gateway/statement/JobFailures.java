package io.orochi.gateway.statement;

import io.orochi.gateway.plan.error.SqlErrors;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import org.apache.flink.runtime.JobException;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.util.ExceptionUtils;

/** The failures of statements in their users' words. */
final class JobFailures {
  private static final int LONGEST_DETAIL = 2_000;

  private JobFailures() {}

  /** A coded error among the causes as it is; a failed job by its first cause; else SQL errors. */
  static OrochiException translate(Throwable failure, String sql) {
    return OrochiException.findIn(failure)
        .orElseGet(() -> isOfJob(failure) ? jobFailed(failure) : SqlErrors.translate(failure, sql));
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
    String detail = String.valueOf(root.getMessage());
    return OrochiException.of(OrochiErrorCode.FLINK_JOB_FAILED, "The Flink job failed")
        .withDetail(detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail)
        .withHint("The server's log has the whole story.")
        .causedBy(failure);
  }
}
