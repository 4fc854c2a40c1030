package io.orochi.gateway.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.typeutils.base.VoidSerializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestGateway;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.collect.CollectCoordinationRequest;
import org.apache.flink.streaming.api.operators.collect.CollectCoordinationResponse;
import org.apache.flink.streaming.api.operators.collect.CollectSinkOperatorFactory;

/**
 * A query's job whose reader need not sleep. Flink's reader of results asks for the job's status,
 * then for rows, and sleeps for 100 ms if there are none. Here the status is told once the job has
 * ended or has rows, which are then given at once; so the last rows of a short job arrive when it
 * ends. Its one reader asks for one thing at a time.
 */
final class QueryJobClient implements JobClient, CoordinationRequestGateway {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  /** Then the reader is told that the job runs, so that it can look whether it was cancelled. */
  private static final int MOST_LOOKS = 50;

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);

  private final MiniClusterJobClient job;
  private final String sink;
  private final CompletableFuture<Void> ended;
  private volatile CollectCoordinationRequest next = new CollectCoordinationRequest("", 0);
  private volatile CollectCoordinationResponse ready;

  private QueryJobClient(MiniClusterJobClient job, String sink) {
    this.job = job;
    this.sink = sink;
    this.ended = job.getJobExecutionResult().handle((result, failure) -> null);
  }

  /** The client itself if the job gives no rows to a reader. */
  static JobClient of(MiniClusterJobClient job, Optional<String> sink) {
    return sink.isPresent() ? new QueryJobClient(job, sink.get()) : job;
  }

  /** What rows for a reader are asked for; empty if there are none, or Flink gave it no name. */
  static Optional<String> sink(StreamGraph graph) {
    return graph.getStreamNodes().stream()
        .filter(node -> node.getOperatorFactory() instanceof CollectSinkOperatorFactory)
        .map(StreamNode::getTransformationUID)
        .filter(uid -> uid != null)
        .findFirst();
  }

  @Override
  public CompletableFuture<JobStatus> getJobStatus() {
    return look(MOST_LOOKS);
  }

  private CompletableFuture<JobStatus> look(int more) {
    if (ended.isDone() || ready != null || more == 0) {
      return job.getJobStatus();
    }
    // A request that meets a job while it ends may never be answered.
    return CompletableFuture.anyOf(ended, fetch())
        .thenCompose(
            found ->
                Boolean.TRUE.equals(found)
                    ? job.getJobStatus()
                    : CompletableFuture.anyOf(ended, CompletableFuture.runAsync(() -> {}, LATER))
                        .thenCompose(waited -> look(more - 1)));
  }

  /** Whether there are rows; a job that has not begun or has just ended has none. */
  private CompletableFuture<Boolean> fetch() {
    CollectCoordinationRequest asked = next;
    return job.sendCoordinationRequest(sink, asked)
        .handle(
            (answer, failure) -> {
              if (!(answer instanceof CollectCoordinationResponse rows)) {
                return false;
              }
              if (count(rows) > 0) {
                ready = rows;
                return true;
              }
              if (asked.getVersion().isEmpty()) {
                next = new CollectCoordinationRequest(rows.getVersion(), asked.getOffset());
              }
              return false;
            });
  }

  @Override
  public CompletableFuture<CoordinationResponse> sendCoordinationRequest(
      String operatorUid, CoordinationRequest request) {
    if (!(request instanceof CollectCoordinationRequest asked)) {
      return job.sendCoordinationRequest(operatorUid, request);
    }
    CollectCoordinationResponse known = ready;
    ready = null;
    if (known != null && continues(asked)) {
      given(asked, known);
      return CompletableFuture.completedFuture(known);
    }
    CompletableFuture<CoordinationResponse> noMore =
        ended.thenApply(
            nothing ->
                new CollectCoordinationResponse(asked.getVersion(), asked.getOffset(), List.of()));
    return job.sendCoordinationRequest(operatorUid, request)
        .applyToEither(
            noMore,
            answer -> {
              if (answer instanceof CollectCoordinationResponse rows) {
                given(asked, rows);
              }
              return answer;
            });
  }

  /** A reader that has had no answer does not know the version yet. */
  private boolean continues(CollectCoordinationRequest asked) {
    return asked.getOffset() == next.getOffset()
        && (asked.getVersion().isEmpty() || asked.getVersion().equals(next.getVersion()));
  }

  private void given(CollectCoordinationRequest asked, CollectCoordinationResponse rows) {
    next = new CollectCoordinationRequest(rows.getVersion(), asked.getOffset() + count(rows));
  }

  /** Rows are told apart without being read. */
  private static int count(CollectCoordinationResponse rows) {
    try {
      List<Void> each = rows.getResults(VoidSerializer.INSTANCE);
      return each.size();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public JobID getJobID() {
    return job.getJobID();
  }

  @Override
  public CompletableFuture<Void> cancel() {
    return job.cancel();
  }

  @Override
  public CompletableFuture<String> stopWithSavepoint(
      boolean advanceToEndOfEventTime, String folder, SavepointFormatType format) {
    return job.stopWithSavepoint(advanceToEndOfEventTime, folder, format);
  }

  @Override
  public CompletableFuture<String> triggerSavepoint(String folder, SavepointFormatType format) {
    return job.triggerSavepoint(folder, format);
  }

  @Override
  public CompletableFuture<Map<String, Object>> getAccumulators() {
    return job.getAccumulators();
  }

  @Override
  public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
    return job.getJobExecutionResult();
  }

  @Override
  public void reportHeartbeat(long expiresAt) {
    job.reportHeartbeat(expiresAt);
  }
}
