package io.orochi.stream.client;

import io.orochi.stream.ingest.operator.PositionOperator;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job handed to the cluster. */
public final class Submission {
  private static final long SHOW_EVERY_MILLIS = 500;

  private final FlinkCluster cluster;
  private final String pipeline;
  private final JobClient job;

  private Submission(FlinkCluster cluster, String pipeline, JobClient job) {
    this.cluster = cluster;
    this.pipeline = pipeline;
    this.job = job;
  }

  public static Submission submit(
      FlinkCluster cluster, StreamExecutionEnvironment environment, String pipeline) {
    try {
      return new Submission(cluster, pipeline, environment.executeAsync("ingest " + pipeline));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw JobFailure.of(pipeline, e);
    }
  }

  public JobID id() {
    return job.getJobID();
  }

  /**
   * Shows progress until the job ends.
   *
   * @param totalBytes of the input; 0 if it has no end
   * @return the number of rejected records
   * @throws io.orochi.table.error.OrochiException the job's failure
   */
  public long await(PrintWriter progressTo, long totalBytes) throws InterruptedException {
    Progress progress = new Progress(cluster, job.getJobID(), progressTo, totalBytes);
    CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
    try {
      while (true) {
        try {
          Map<String, Object> counts =
              result.get(SHOW_EVERY_MILLIS, TimeUnit.MILLISECONDS).getAllAccumulatorResults();
          return counts.get(PositionOperator.REJECTED) instanceof Long rejected ? rejected : 0;
        } catch (TimeoutException e) {
          progress.show();
        }
      }
    } catch (ExecutionException e) {
      throw JobFailure.of(pipeline, e.getCause());
    } finally {
      progress.clear();
    }
  }

  /** Ends a job that would not end by itself; what it committed stays. */
  public void cancel() {
    job.cancel().join();
  }
}
