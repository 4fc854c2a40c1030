package io.orochi.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.config.ServerConfig.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, stopping and starting again. */
class ServerLifeITCase {
  @TempDir Path folder;

  @Test
  void aSecondStartGoesOnWithTheSameData() throws Exception {
    ServerConfig config = ServerConfig.defaults(folder).withPorts(Ports.auto());
    DataFolder data = DataFolder.open(folder);
    try (OrochiServer server = OrochiServer.start(config);
        Connection connection = TestingFlight.connect(server);
        Statement statement = connection.createStatement()) {
      assertThat(ServerAddresses.read(data)).contains(server.addresses());
      statement.execute("CREATE TABLE kept (id INT)");
      assertThat(statement.executeUpdate("INSERT INTO kept VALUES (1), (2)")).isEqualTo(2);
    }
    assertThat(ServerAddresses.read(data)).isEmpty();
    try (OrochiServer server = OrochiServer.start(config);
        Connection connection = TestingFlight.connect(server);
        Statement statement = connection.createStatement()) {
      assertThat(FlightDoorITCase.rows(statement, "SELECT id FROM kept ORDER BY id"))
          .containsExactly("1", "2");
    }
  }

  @Test
  void twoServersRunSideBySide() throws Exception {
    try (OrochiServer one =
            OrochiServer.start(
                ServerConfig.defaults(folder.resolve("one")).withPorts(Ports.auto()));
        OrochiServer other =
            OrochiServer.start(
                ServerConfig.defaults(folder.resolve("other")).withPorts(Ports.auto()));
        Connection toOne = TestingFlight.connect(one);
        Connection toOther = TestingFlight.connect(other);
        Statement ofOne = toOne.createStatement();
        Statement ofOther = toOther.createStatement()) {
      ofOne.execute("CREATE TABLE only_here (id INT)");
      assertThat(FlightDoorITCase.rows(ofOne, "SHOW TABLES")).containsExactly("only_here");
      assertThat(FlightDoorITCase.rows(ofOther, "SHOW TABLES")).isEmpty();
    }
  }

  @Test
  void aPortInUseIsNamedAndNothingStaysBehind() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      ServerConfig config =
          ServerConfig.defaults(folder).withPorts(new Ports(0, taken.getLocalPort(), 0, 0));
      assertThatThrownBy(() -> OrochiServer.start(config))
          .hasMessageContaining(
              "OROCHI-8001: Cannot listen on port " + taken.getLocalPort() + " (flight.port)")
          .hasMessageContaining("--ports auto");
      assertThat(Files.exists(folder.resolve("server.json"))).isFalse();
    }
  }
}
