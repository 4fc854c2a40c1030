package io.orochi.gateway.statement.flink;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** The job Flink's result pages name when no job made the rows. */
public record NoJob(JobID id) implements JobClient {
  public static JobClient create() {
    return new NoJob(new JobID());
  }

  @Override
  public JobID getJobID() {
    return id;
  }

  @Override
  public CompletableFuture<JobStatus> getJobStatus() {
    return CompletableFuture.completedFuture(JobStatus.FINISHED);
  }

  @Override
  public CompletableFuture<Void> cancel() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<String> stopWithSavepoint(
      boolean advanceToEndOfEventTime, String directory, SavepointFormatType format) {
    return refused();
  }

  @Override
  public CompletableFuture<String> triggerSavepoint(String directory, SavepointFormatType format) {
    return refused();
  }

  @Override
  public CompletableFuture<Map<String, Object>> getAccumulators() {
    return CompletableFuture.completedFuture(Map.of());
  }

  @Override
  public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
    return CompletableFuture.completedFuture(new JobExecutionResult(id, 0, Map.of()));
  }

  private static <T> CompletableFuture<T> refused() {
    return CompletableFuture.failedFuture(
        new UnsupportedOperationException("the query is not a Flink job"));
  }
}
