package io.orochi.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.config.ServerConfig.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.GetSessionOptionsRequest;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.SessionOptionValue;
import org.apache.arrow.flight.SessionOptionValueFactory;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.SetSessionOptionsResult.ErrorValue;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.client.ClientCookieMiddleware;
import org.apache.arrow.flight.sql.CancelResult;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Flight SQL client that keeps cookies: its session's options, and the end of its statements. */
class FlightSessionsITCase {
  private static final String LIMIT = "orochi.result-row-limit";

  @TempDir static Path folder;
  private static OrochiServer server;
  private static BufferAllocator allocator;
  private FlightSqlClient client;

  @BeforeAll
  static void start() {
    server = OrochiServer.start(ServerConfig.defaults(folder).withPorts(Ports.auto()));
    allocator = new RootAllocator();
  }

  @AfterAll
  static void stop() {
    allocator.close();
    server.close();
  }

  @BeforeEach
  void connect() {
    URI url = URI.create(server.addresses().flightUrl());
    client =
        new FlightSqlClient(
            FlightClient.builder(allocator, Location.forGrpcInsecure(url.getHost(), url.getPort()))
                .intercept(new ClientCookieMiddleware.Factory())
                .build());
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
  }

  @Test
  void optionsAreSetReadAndReset() {
    client.executeUpdate("CREATE DATABASE IF NOT EXISTS options");
    assertThat(
            set(Map.of(
                    "schema",
                    value("options"),
                    "catalog",
                    value("orochi"),
                    LIMIT,
                    SessionOptionValueFactory.makeSessionOptionValue(7L)))
                .hasErrors())
        .isFalse();
    assertThat(option(LIMIT)).isEqualTo("7");
    assertThat(option("schema")).isEqualTo("options");
    assertThat(option("catalog")).isEqualTo("orochi");

    set(Map.of(LIMIT, SessionOptionValueFactory.makeEmptySessionOptionValue()));
    assertThat(options()).doesNotContainKey(LIMIT);
  }

  @Test
  void eachOptionThatIsRefusedSaysWhy() {
    SetSessionOptionsResult result =
        set(
            Map.of(
                "orochi.no-such-setting",
                value("1"),
                LIMIT,
                value("many"),
                "schema",
                value("no_such_database"),
                "orochi.execution.engine",
                value("kernel")));
    assertThat(result.getErrors().get("orochi.no-such-setting").value)
        .isEqualTo(ErrorValue.INVALID_NAME);
    assertThat(result.getErrors().get(LIMIT).value).isEqualTo(ErrorValue.INVALID_VALUE);
    assertThat(result.getErrors().get("schema").value).isEqualTo(ErrorValue.ERROR);
    assertThat(result.getErrors()).hasSize(3);
    assertThat(option("orochi.execution.engine")).isEqualTo("kernel");
  }

  @Test
  void aClosedSessionIsFollowedByOneWithDefaults() {
    set(Map.of(LIMIT, value("7")));
    client.closeSession(new CloseSessionRequest());
    assertThat(options()).doesNotContainKey(LIMIT);
  }

  @Test
  void cancelFlightInfoStopsTheEngine() throws Exception {
    FlightInfo info = client.execute(StoppedStatementsITCase.ENDLESS);
    CompletableFuture<Void> reading = read(info);
    assertThat(client.cancelFlightInfo(new CancelFlightInfoRequest(info)).getStatus())
        .isEqualTo(CancelStatus.CANCELLED);
    assertStopped(reading);
  }

  @Test
  void cancelQueryStopsTheEngine() throws Exception {
    FlightInfo info = client.execute(StoppedStatementsITCase.ENDLESS);
    CompletableFuture<Void> reading = read(info);
    assertThat(client.cancelQuery(info)).isEqualTo(CancelResult.CANCELLED);
    assertStopped(reading);
  }

  @Test
  void aPreparedStatementIsCancelledByItsTicket() throws Exception {
    try (FlightSqlClient.PreparedStatement prepared =
        client.prepare(StoppedStatementsITCase.ENDLESS)) {
      FlightInfo info = prepared.execute();
      CompletableFuture<Void> reading = read(info);
      assertThat(client.cancelFlightInfo(new CancelFlightInfoRequest(info)).getStatus())
          .isEqualTo(CancelStatus.CANCELLED);
      assertStopped(reading);
    }
  }

  @Test
  void whatDoesNotRunCannotBeCancelled() throws Exception {
    FlightInfo info = client.execute("SELECT 1");
    try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket())) {
      while (stream.next()) {
        continue;
      }
    }
    assertThat(client.cancelFlightInfo(new CancelFlightInfoRequest(info)).getStatus())
        .isEqualTo(CancelStatus.NOT_CANCELLABLE);
  }

  @Test
  void aTicketOfSomebodyElseIsACodedError() {
    FlightInfo strange =
        new FlightInfo(
            new Schema(java.util.List.of()),
            FlightDescriptor.command(new byte[0]),
            java.util.List.of(new FlightEndpoint(new Ticket(new byte[] {1, 2, 3}))),
            -1,
            -1);
    assertThatThrownBy(() -> client.cancelFlightInfo(new CancelFlightInfoRequest(strange)))
        .hasMessageContaining("OROCHI-");
  }

  private CompletableFuture<Void> read(FlightInfo info) {
    CompletableFuture<Void> reading =
        CompletableFuture.runAsync(
            () -> {
              try (FlightStream stream = client.getStream(info.getEndpoints().get(0).getTicket())) {
                stream.next();
              } catch (RuntimeException failure) {
                throw failure;
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });
    Awaitility.await().until(() -> server.runningStatements() == 1);
    return reading;
  }

  private static void assertStopped(CompletableFuture<Void> reading) {
    assertThat(reading)
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withMessageContaining("OROCHI-1403: The statement was cancelled");
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> server.runningStatements() == 0);
  }

  private SetSessionOptionsResult set(Map<String, SessionOptionValue> options) {
    return client.setSessionOptions(new SetSessionOptionsRequest(options));
  }

  private Map<String, SessionOptionValue> options() {
    return client.getSessionOptions(new GetSessionOptionsRequest()).getSessionOptions();
  }

  private String option(String name) {
    return options().get(name).acceptVisitor(new TestingOptionText());
  }

  private static SessionOptionValue value(String text) {
    return SessionOptionValueFactory.makeSessionOptionValue(text);
  }
}
