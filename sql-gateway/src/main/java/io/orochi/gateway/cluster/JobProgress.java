package io.orochi.gateway.cluster;

import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far batch jobs are. */
final class JobProgress {
  private static final Logger LOG = LoggerFactory.getLogger(JobProgress.class);
  private static final long LONGEST_WAIT_MILLIS = 500;

  private final MiniCluster cluster;

  JobProgress(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /** The finished part of a job's tasks, from 0 to 1; empty for a stream, which has no end. */
  OptionalDouble of(JobID job) {
    try {
      return of(cluster.getExecutionGraph(job).get(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return OptionalDouble.empty();
    } catch (ExecutionException | TimeoutException unknown) {
      LOG.debug("Job {} does not tell how far it is", job, unknown);
      return OptionalDouble.empty();
    }
  }

  /** Operators that have no tasks yet count as one task each. */
  private static OptionalDouble of(AccessExecutionGraph graph) {
    if (graph.getJobType() != JobType.BATCH) {
      return OptionalDouble.empty();
    }
    double all = graph.getPendingOperatorCount();
    double finished = 0;
    for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
      all++;
      finished += task.getExecutionState() == ExecutionState.FINISHED ? 1 : 0;
    }
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(finished / all);
  }
}
