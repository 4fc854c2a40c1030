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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job handed to the cluster. */
public final class Submission {
  private static final Logger LOG = LoggerFactory.getLogger(Submission.class);
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
   * Shows progress until the job ends; if this process is told to end first, so is the job.
   *
   * @param totalBytes of the input; 0 if it has no end
   * @return the number of rejected records
   * @throws io.orochi.table.error.OrochiException the job's failure
   */
  public long await(PrintWriter progressTo, long totalBytes) throws InterruptedException {
    Thread cancel = new Thread(this::cancel, "orochi-cancel");
    Runtime.getRuntime().addShutdownHook(cancel);
    Progress progress = new Progress(cluster, job.getJobID(), progressTo, totalBytes);
    try {
      return await(job.getJobExecutionResult(), progress);
    } catch (ExecutionException e) {
      throw JobFailure.of(pipeline, e.getCause());
    } finally {
      progress.clear();
      remove(cancel);
    }
  }

  private static long await(CompletableFuture<JobExecutionResult> result, Progress progress)
      throws InterruptedException, ExecutionException {
    while (true) {
      try {
        Map<String, Object> counts =
            result.get(SHOW_EVERY_MILLIS, TimeUnit.MILLISECONDS).getAllAccumulatorResults();
        return counts.get(PositionOperator.REJECTED) instanceof Long rejected ? rejected : 0;
      } catch (TimeoutException e) {
        progress.show();
      }
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The process is ending", e);
    }
  }

  /** What was committed stays. */
  private void cancel() {
    try {
      job.cancel().join();
    } catch (RuntimeException e) {
      LOG.debug("The job has ended before it could be cancelled", e);
    }
  }
}
