package io.orochi.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.gateway.config.ServerConfig.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigTest {
  @TempDir Path folder;

  @Test
  void defaultsNeedOnlyADataFolder() {
    ServerConfig config = ServerConfig.defaults(folder);
    assertThat(config.dataFolder()).isEqualTo(folder);
    assertThat(config.ports()).isEqualTo(new Ports(8083, 8815, 8081, 8181));
    assertThat(config.limits().statementTimeout()).isZero();
  }

  @Test
  void aTokenIsASecretOfTheServerAlone() {
    String token = "0123456789abcdef";
    ServerConfig config =
        ServerConfig.of(Map.of("data", folder.toString(), "catalog.token", token));
    assertThat(config.storage().catalogToken()).isEqualTo(token);
    assertThat(config.storage().properties()).isEmpty();
    assertThat(config.toString()).doesNotContain(token);
    assertThatThrownBy(() -> ServerConfig.of(Map.of("catalog.token", "too-short")))
        .hasMessageContaining("Invalid value for catalog.token")
        .hasMessageNotContaining("too-short");
  }

  @Test
  void aFileIsReadFlatOrNestedAndOverridden() throws Exception {
    Path file = folder.resolve("orochi.yaml");
    Files.writeString(
        file,
        """
        data: somewhere
        statement.timeout: 30 s
        kernel:
          memory: 512 mb
        rest.port: auto
        catalog.s3.endpoint: http://localhost:9000
        """);
    ServerConfig config = ServerConfig.load(file, Map.of("data", folder.toString()));
    assertThat(config.dataFolder()).isEqualTo(folder);
    assertThat(config.limits().statementTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.kernel().memoryBytes()).isEqualTo(512L << 20);
    assertThat(config.ports().rest()).isZero();
    assertThat(config.storage().properties()).containsEntry("s3.endpoint", "http://localhost:9000");
  }

  @Test
  void anUnknownKeyNamesTheNearest() {
    assertThatThrownBy(() -> ServerConfig.of(Map.of("kernel.memry", "1 gb")))
        .hasMessage(
            "OROCHI-8004: Invalid configuration key: kernel.memry\n"
                + "HINT: The nearest known key is kernel.memory.");
  }

  @Test
  void aValueOutOfRangeNamesTheRange() {
    assertThatThrownBy(() -> ServerConfig.of(Map.of("rest.port", "70000")))
        .hasMessageContaining("OROCHI-8004: Invalid value for rest.port: 70000")
        .hasMessageContaining("DETAIL: Accepted: 0 to 65535, or auto.");
  }

  @Test
  void everyOptionHasItsOwnKeyAndADescription() {
    HashSet<String> keys = new HashSet<>();
    assertThat(ServerOptions.all())
        .allSatisfy(
            option -> {
              assertThat(keys.add(option.key())).as(option.key()).isTrue();
              assertThat(option.description()).endsWith(".");
            });
  }

  @Test
  void secretsAreNotPrinted() {
    ServerConfig config =
        ServerConfig.of(
            Map.of(
                "metastore.password",
                "s3cret",
                "s3.access-key",
                "idOfKey",
                "s3.secret-key",
                "k3y"));
    assertThat(config.toString()).doesNotContain("s3cret", "idOfKey", "k3y");
  }

  @Test
  void theKeysOfS3AreThoseOfIceberg() {
    ServerConfig config =
        ServerConfig.of(
            Map.of(
                "s3.endpoint", "http://localhost:9000",
                "s3.region", "eu-central-1",
                "s3.path-style", "TRUE",
                "s3.access-key", "idOfKey",
                "s3.secret-key", "k3y"));
    assertThat(config.storage().properties())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "s3.endpoint", "http://localhost:9000",
                "client.region", "eu-central-1",
                "s3.path-style-access", "true",
                "s3.access-key-id", "idOfKey",
                "s3.secret-access-key", "k3y"));
  }

  @Test
  void halfAKeyToS3IsRefused() {
    assertThatThrownBy(() -> ServerConfig.of(Map.of("s3.access-key", "idOfKey")))
        .hasMessage(
            "OROCHI-8004: Invalid configuration: half a key to S3\n"
                + "HINT: Give both s3.access-key and s3.secret-key, or neither to use the AWS"
                + " default chain.");
  }

  @Test
  void aPathStyleThatIsNoBooleanIsRefused() {
    assertThatThrownBy(() -> ServerConfig.of(Map.of("s3.path-style", "yes")))
        .hasMessageContaining("OROCHI-8004: Invalid value for s3.path-style: yes")
        .hasMessageContaining("DETAIL: Accepted: true or false.");
  }
}
