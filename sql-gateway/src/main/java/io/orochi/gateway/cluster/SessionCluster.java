package io.orochi.gateway.cluster;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.gateway.config.ServerConfig;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Flink cluster of one server, in its process. Statements submit to it directly; other
 * processes submit through its REST endpoint, without jars, if they run the same build.
 */
public final class SessionCluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCluster.class);
  private static final Duration LAST_COMMITS_TIMEOUT = Duration.ofSeconds(30);

  private final MiniCluster cluster;
  private final URI restAddress;
  private final Configuration client;
  private final String savepoints;

  private SessionCluster(MiniCluster cluster, URI restAddress, Configuration configuration) {
    this.cluster = cluster;
    this.restAddress = restAddress;
    this.savepoints = configuration.get(CheckpointingOptions.SAVEPOINT_DIRECTORY);
    this.client = new Configuration(configuration);
    client.set(DeploymentOptions.TARGET, "remote");
    client.set(DeploymentOptions.ATTACHED, true);
    client.set(RestOptions.ADDRESS, restAddress.getHost());
    client.set(RestOptions.PORT, restAddress.getPort());
  }

  /** Returns when jobs can be submitted. After a failure nothing is left running. */
  public static SessionCluster start(ServerConfig config, DataFolder folder) {
    Configuration configuration = ClusterConfiguration.of(config, folder);
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(config.flink().slots())
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
    try {
      cluster.start();
      return new SessionCluster(cluster, cluster.getRestAddress().get(), configuration);
    } catch (Exception failure) {
      cluster.closeAsync();
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw OrochiException.findIn(failure)
          .orElseGet(
              () ->
                  OrochiException.of(
                          OrochiErrorCode.INTERNAL_ERROR, "Cannot start the session cluster")
                      .withDetail(String.valueOf(failure.getMessage()))
                      .causedBy(failure));
    }
  }

  /** For example {@code http://127.0.0.1:8081}. */
  public String restUrl() {
    return restAddress.toString();
  }

  /** What a session needs to plan, submit and look at jobs. */
  public Configuration clientConfiguration() {
    return new Configuration(client);
  }

  /** Submits to this cluster whatever the configuration of a job says. */
  public PipelineExecutorServiceLoader executors() {
    return new ClusterExecutors(cluster);
  }

  /** How much of a batch job is done, from 0 to 1; empty for streams and jobs it has not. */
  public OptionalDouble progress(JobID job) {
    return new JobProgress(cluster).of(job);
  }

  /** Lets running streams commit what they have read, then ends all jobs. */
  @Override
  public void close() {
    try {
      List<CompletableFuture<String>> stops =
          cluster.listJobs().get(5, TimeUnit.SECONDS).stream()
              .filter(job -> job.getJobState() == JobStatus.RUNNING)
              .map(JobStatusMessage::getJobId)
              .map(this::stop)
              .toList();
      CompletableFuture.allOf(stops.toArray(CompletableFuture[]::new))
          .get(LAST_COMMITS_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      LOG.warn("Jobs end without a last commit", failure);
    }
    try {
      cluster.closeAsync().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      LOG.warn("The session cluster did not stop cleanly", failure);
    }
  }

  /**
   * A checkpoint alone would not do: the job could end before its committer hears that it is
   * complete. A stop with a savepoint waits for that. The savepoint itself is not needed, because a
   * stream continues from its position in the table. Completes normally for jobs that do not
   * checkpoint.
   */
  private CompletableFuture<String> stop(JobID job) {
    return cluster
        .stopWithSavepoint(job, savepoints, false, SavepointFormatType.NATIVE)
        .thenCompose(path -> cluster.disposeSavepoint(path).thenApply(done -> path))
        .exceptionally(
            failure -> {
              LOG.debug("Job {} has no last commit", job, failure);
              return "";
            });
  }
}
