package io.orochi.gateway.cluster;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The one way a statement's job reaches the session cluster: a method call. */
record ClusterExecutors(MiniCluster cluster)
    implements PipelineExecutorServiceLoader, PipelineExecutorFactory, PipelineExecutor {
  private static final String NAME = "orochi-session-cluster";

  @Override
  public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
    return this;
  }

  @Override
  public Stream<String> getExecutorNames() {
    return Stream.of(NAME);
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public boolean isCompatibleWith(Configuration configuration) {
    return true;
  }

  @Override
  public PipelineExecutor getExecutor(Configuration configuration) {
    return this;
  }

  @Override
  public CompletableFuture<JobClient> execute(
      Pipeline pipeline, Configuration configuration, ClassLoader userClassLoader)
      throws Exception {
    // The stream graph, not a job graph: only it can be changed while a batch job runs.
    StreamGraph graph = PipelineExecutorUtils.getStreamGraph(pipeline, configuration);
    graph.serializeUserDefinedInstances();
    Optional<String> sink = QueryJobClient.sink(graph);
    return cluster
        .submitJob(graph)
        .thenApply(
            submitted ->
                QueryJobClient.of(
                    new MiniClusterJobClient(
                        submitted.getJobID(),
                        cluster,
                        userClassLoader,
                        JobFinalizationBehavior.NOTHING),
                    sink));
  }
}
