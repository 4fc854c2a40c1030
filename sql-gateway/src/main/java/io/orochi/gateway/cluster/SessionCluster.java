package io.orochi.gateway.cluster;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.gateway.config.ServerConfig;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
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
  private static final Duration FINAL_CHECKPOINT_TIMEOUT = Duration.ofSeconds(10);

  private final MiniCluster cluster;
  private final URI restAddress;
  private final Configuration client;

  private SessionCluster(MiniCluster cluster, URI restAddress, Configuration configuration) {
    this.cluster = cluster;
    this.restAddress = restAddress;
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

  /** Lets running jobs write a last checkpoint, then ends them. */
  @Override
  public void close() {
    try {
      List<CompletableFuture<String>> checkpoints =
          cluster.listJobs().get(5, TimeUnit.SECONDS).stream()
              .filter(job -> job.getJobState() == JobStatus.RUNNING)
              .map(JobStatusMessage::getJobId)
              .map(this::lastCheckpoint)
              .toList();
      CompletableFuture.allOf(checkpoints.toArray(CompletableFuture[]::new))
          .get(FINAL_CHECKPOINT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      LOG.warn("Jobs end without a last checkpoint", failure);
    }
    try {
      cluster.closeAsync().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      LOG.warn("The session cluster did not stop cleanly", failure);
    }
  }

  /** Completes normally for jobs that do not checkpoint. */
  private CompletableFuture<String> lastCheckpoint(JobID job) {
    return cluster
        .triggerCheckpoint(job)
        .exceptionally(
            failure -> {
              LOG.debug("Job {} has no last checkpoint", job, failure);
              return "";
            });
  }
}
