package io.orochi.catalog.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Where the server of a data folder listens, kept in {@code server.json} for every other command.
 *
 * @param pid the server's process id on this machine
 * @param version the server's build version
 * @param restUrl of the Flink SQL gateway, for example {@code http://127.0.0.1:8083}
 * @param flightUrl of Arrow Flight SQL, for example {@code grpc://127.0.0.1:32010}; null if the
 *     door is closed
 * @param flinkUrl of the session cluster's REST endpoint; null if there is none
 * @param catalogUrl of the Iceberg REST catalog; null if the door is closed
 * @param startedAt when the doors opened
 */
public record ServerAddresses(
    long pid,
    String version,
    String restUrl,
    String flightUrl,
    String flinkUrl,
    String catalogUrl,
    Instant startedAt) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The addresses of the running server. A file left behind by a process that is gone counts as
   * absent; so does one that is not readable as JSON, because it is always written whole.
   */
  public static Optional<ServerAddresses> read(DataFolder folder) {
    try {
      String text = Files.readString(folder.serverFile(), UTF_8);
      return Optional.of(fromJson(JSON.readTree(text))).filter(ServerAddresses::processIsAlive);
    } catch (NoSuchFileException | JsonProcessingException | DateTimeParseException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable("Cannot read server addresses: ", folder, e);
    }
  }

  /** Replaces the file atomically. */
  public void write(DataFolder folder) {
    try {
      DataFolder.writeDurably(folder.serverFile(), toJson());
    } catch (IOException e) {
      throw unusable("Cannot write server addresses: ", folder, e);
    }
  }

  /** Removes the file, if it still belongs to this server. */
  public void remove(DataFolder folder) {
    try {
      if (read(folder).filter(current -> current.pid == pid).isPresent()) {
        Files.deleteIfExists(folder.serverFile());
      }
    } catch (IOException e) {
      throw unusable("Cannot remove server addresses: ", folder, e);
    }
  }

  private String toJson() throws JsonProcessingException {
    JsonNode node =
        JSON.createObjectNode()
            .put("pid", pid)
            .put("version", version)
            .put("restUrl", restUrl)
            .put("flightUrl", flightUrl)
            .put("flinkUrl", flinkUrl)
            .put("catalogUrl", catalogUrl)
            .put("startedAt", startedAt.toString());
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }

  private static ServerAddresses fromJson(JsonNode node) {
    return new ServerAddresses(
        node.path("pid").asLong(),
        node.path("version").asText(),
        node.path("restUrl").asText(null),
        node.path("flightUrl").asText(null),
        node.path("flinkUrl").asText(null),
        node.path("catalogUrl").asText(null),
        Instant.parse(node.path("startedAt").asText()));
  }

  private boolean processIsAlive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static OrochiException unusable(String message, DataFolder folder, IOException cause) {
    return OrochiException.of(OrochiErrorCode.STORAGE_UNAVAILABLE, message + folder.serverFile())
        .withDetail(String.valueOf(cause))
        .withHint("Check the permissions and the free space of the data folder.")
        .causedBy(cause);
  }
}
