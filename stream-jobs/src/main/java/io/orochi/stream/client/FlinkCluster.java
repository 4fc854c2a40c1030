package io.orochi.stream.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The session cluster of a running server, over its REST interface. */
public final class FlinkCluster {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI rest;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  private FlinkCluster(URI rest) {
    this.rest = rest;
  }

  /**
   * @throws OrochiException SERVER_NOT_RUNNING
   */
  public static FlinkCluster of(DataFolder folder) {
    ServerAddresses addresses =
        ServerAddresses.read(folder)
            .filter(server -> server.flinkUrl() != null)
            .orElseThrow(
                () ->
                    OrochiException.of(
                            OrochiErrorCode.SERVER_NOT_RUNNING,
                            "Cannot find a running server of " + folder.root())
                        .withHint("Start it with: orochi server --detach --data " + folder.root()));
    return new FlinkCluster(URI.create(addresses.flinkUrl()));
  }

  public static FlinkCluster at(String url) {
    return new FlinkCluster(URI.create(url));
  }

  /** Jobs run with the server's own class path: nothing is uploaded. */
  public StreamExecutionEnvironment environment(Configuration settings) {
    Configuration configuration = new Configuration(settings);
    configuration.set(RestOptions.ADDRESS, rest.getHost());
    configuration.set(RestOptions.PORT, rest.getPort());
    return StreamExecutionEnvironment.createRemoteEnvironment(
        rest.getHost(), rest.getPort(), configuration);
  }

  /** The slots that no job has. */
  public int freeSlots() {
    return get("/overview").map(overview -> overview.path("slots-available").asInt(0)).orElse(0);
  }

  /** Flink's details of a job; empty if it does not answer. */
  Optional<JsonNode> job(JobID job) {
    return get("/jobs/" + job);
  }

  /** The sum of a metric over a vertex's subtasks; empty if there is none yet. */
  Optional<Double> sum(JobID job, String vertex, String metric) {
    return get("/jobs/%s/vertices/%s/subtasks/metrics?get=%s&agg=sum"
            .formatted(job, vertex, metric))
        .filter(answer -> answer.isArray() && !answer.isEmpty())
        .map(answer -> answer.get(0).path("sum").asDouble());
  }

  private Optional<JsonNode> get(String path) {
    HttpRequest request = HttpRequest.newBuilder(rest.resolve(path)).timeout(TIMEOUT).build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Optional.of(JSON.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
