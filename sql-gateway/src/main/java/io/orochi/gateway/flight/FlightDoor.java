package io.orochi.gateway.flight;

import io.orochi.gateway.config.ServerConfig.Limits;
import io.orochi.gateway.session.Sessions;
import io.orochi.gateway.statement.running.ServerThreads;
import io.orochi.gateway.statement.running.Statements;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Arrow Flight SQL endpoint, for the JDBC driver, ADBC, notebooks and the shell. */
public final class FlightDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlightDoor.class);
  private static final int MOST_CALLS = 512;

  private final FlightServer server;
  private final String host;
  private final ExecutorService calls;
  private final ExecutorService streams;

  private FlightDoor(
      FlightServer server, String host, ExecutorService calls, ExecutorService streams) {
    this.server = server;
    this.host = host;
    this.calls = calls;
    this.streams = streams;
  }

  /** What the door needs of the server behind it. */
  public record Behind(
      Sessions sessions,
      Statements statements,
      Limits limits,
      BufferAllocator allocator,
      String version) {}

  /** Opens the door; {@code port} 0 takes a free one. */
  public static FlightDoor open(String host, int port, Behind behind) {
    ExecutorService calls = threads("orochi-flight-call", MOST_CALLS);
    ExecutorService streams =
        threads(
            "orochi-flight-stream",
            behind.limits().runningStatements() + behind.limits().waitingStatements());
    FlightSessions sessions = new FlightSessions(behind.sessions());
    FlightStatements statements =
        new FlightStatements(
            sessions, behind.statements(), new ResultStreams(behind.allocator(), streams));
    FlightServer server =
        FlightServer.builder(
                behind.allocator(),
                Location.forGrpcInsecure(host, port),
                new OrochiProducer(
                    behind.allocator(), sessions, statements, new ServerInfo(behind.version())))
            .middleware(SessionCookie.KEY, new SessionCookie.Factory())
            .executor(calls)
            .build();
    try {
      server.start();
    } catch (IOException failure) {
      calls.shutdownNow();
      streams.shutdownNow();
      throw OrochiException.of(OrochiErrorCode.PORT_IN_USE, "Cannot listen on port " + port)
          .withDetail(String.valueOf(failure.getMessage()))
          .withHint("Set flight.port, or start with --ports auto.")
          .causedBy(failure);
    }
    return new FlightDoor(server, host, calls, streams);
  }

  /** For example {@code grpc://127.0.0.1:8815}. */
  public String url() {
    return "grpc://" + host + ":" + server.getPort();
  }

  @Override
  public void close() {
    try {
      server.shutdown();
      streams.shutdownNow();
      server.awaitTermination(5, TimeUnit.SECONDS);
      server.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      LOG.warn("The Flight door did not close cleanly", failure);
    } finally {
      calls.shutdownNow();
    }
  }

  private static ExecutorService threads(String name, int most) {
    return new ThreadPoolExecutor(
        Math.min(2, most),
        most,
        60,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        ServerThreads.named(name));
  }
}
