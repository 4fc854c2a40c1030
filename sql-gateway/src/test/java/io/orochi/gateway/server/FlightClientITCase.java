package io.orochi.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.config.ServerConfig.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlInfo;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Flight SQL client that keeps no cookies. */
class FlightClientITCase {
  @TempDir static Path folder;
  private static OrochiServer server;
  private static BufferAllocator allocator;
  private static FlightSqlClient client;

  @BeforeAll
  static void start() {
    server = OrochiServer.start(ServerConfig.defaults(folder).withPorts(Ports.auto()));
    allocator = new RootAllocator();
    URI url = URI.create(server.addresses().flightUrl());
    client =
        new FlightSqlClient(
            FlightClient.builder(allocator, Location.forGrpcInsecure(url.getHost(), url.getPort()))
                .build());
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    allocator.close();
    server.close();
  }

  @Test
  void aStatementRunsWithoutBeingPrepared() throws Exception {
    assertThat(values(client.execute("SELECT 'a' UNION ALL SELECT 'b'"), 0))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void callsWithoutACookieCannotChangeEachOther() throws Exception {
    client.executeUpdate("SET 'orochi.result-row-limit' = '1'");
    assertThat(values(client.execute("SELECT v FROM (VALUES (1), (2)) AS t(v)"), 0))
        .containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void everySqlInfoHasAValue() throws Exception {
    SqlInfo[] all =
        Arrays.stream(SqlInfo.values())
            .filter(info -> info != SqlInfo.UNRECOGNIZED)
            .toArray(SqlInfo[]::new);
    assertThat(values(client.getSqlInfo(all), 0)).hasSizeGreaterThan(80);
  }

  @Test
  void typesAreListed() throws Exception {
    assertThat(values(client.getXdbcTypeInfo(), 0)).contains("BIGINT", "TIMESTAMP_LTZ", "ROW");
  }

  @Test
  void aSyntaxErrorIsAnInvalidArgument() {
    assertThatThrownBy(() -> client.execute("SELEC 1"))
        .hasMessageContaining("OROCHI-7001")
        .extracting("status.code")
        .hasToString("INVALID_ARGUMENT");
  }

  private static List<String> values(FlightInfo info, int column) throws Exception {
    List<String> values = new ArrayList<>();
    try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket())) {
      while (stream.next()) {
        FieldVector vector = stream.getRoot().getVector(column);
        for (int row = 0; row < stream.getRoot().getRowCount(); row++) {
          values.add(String.valueOf(vector.getObject(row)));
        }
      }
    }
    return values;
  }
}
