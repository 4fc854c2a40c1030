package io.orochi.gateway.cli.sql;

import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.gateway.cli.format.ArrowRows;
import io.orochi.gateway.cli.format.ResultFormat;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.client.ClientCookieMiddleware;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session over Arrow Flight SQL, kept by the server under a cookie. */
public final class FlightSession implements SqlSession {
  private static final Logger LOG = LoggerFactory.getLogger(FlightSession.class);

  private static final String CHANGED_ROWS = "rows";

  private final BufferAllocator allocator;
  private final FlightSqlClient client;
  private final AtomicReference<Running> running = new AtomicReference<>();

  private FlightSession(BufferAllocator allocator, FlightSqlClient client) {
    this.allocator = allocator;
    this.client = client;
  }

  /** Opens lazily: an unreachable server shows at the first statement. */
  public static FlightSession open(ServerAddresses server) {
    URI address = URI.create(server.flightUrl());
    BufferAllocator allocator = new RootAllocator();
    FlightClient client =
        FlightClient.builder(
                allocator, Location.forGrpcInsecure(address.getHost(), address.getPort()))
            .intercept(new ClientCookieMiddleware.Factory())
            .build();
    return new FlightSession(allocator, new FlightSqlClient(client));
  }

  @Override
  public long execute(String sql, ResultFormat format) {
    Running statement = new Running(Thread.currentThread());
    running.set(statement);
    try {
      FlightInfo info = client.execute(sql);
      statement.info = info;
      boolean hasRows = info.getSchemaOptional().stream().anyMatch(s -> !s.getFields().isEmpty());
      return hasRows ? printRows(statement, format) : runToEnd(statement, format);
    } catch (FlightRuntimeException e) {
      throw statement.cancelled && e.status().code() == FlightStatusCode.CANCELLED
          ? cancelled(e)
          : e;
    } catch (Exception e) {
      throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    } finally {
      running.set(null);
      if (statement.cancelled) {
        Thread.interrupted();
      }
    }
  }

  private long printRows(Running statement, ResultFormat format) throws Exception {
    long rows = 0;
    boolean begun = false;
    for (FlightEndpoint endpoint : statement.info.getEndpoints()) {
      try (FlightStream stream = client.getStream(endpoint.getTicket())) {
        statement.stream = stream;
        if (!begun) {
          format.begin(ArrowRows.columns(stream.getSchema()));
          begun = true;
        }
        while (stream.next()) {
          rows += ArrowRows.print(stream.getRoot(), format);
        }
      }
    }
    format.end();
    return rows;
  }

  /** What the server streams for a change is its count; for a command it is OK. */
  private long runToEnd(Running statement, ResultFormat format) throws Exception {
    long changed = -1;
    for (FlightEndpoint endpoint : statement.info.getEndpoints()) {
      try (FlightStream stream = client.getStream(endpoint.getTicket())) {
        statement.stream = stream;
        while (stream.next()) {
          VectorSchemaRoot batch = stream.getRoot();
          if (batch.getRowCount() > 0 && batch.getVector(CHANGED_ROWS) instanceof BigIntVector n) {
            changed = n.get(0);
          }
        }
      }
    }
    format.done(changed);
    return 0;
  }

  /** Asks the server first, because only it can end work that has not sent a row yet. */
  @Override
  public void cancel() {
    Running statement = running.get();
    if (statement == null) {
      return;
    }
    statement.cancelled = true;
    FlightInfo info = statement.info;
    if (info == null) {
      statement.thread.interrupt();
      return;
    }
    try {
      client.cancelFlightInfo(new CancelFlightInfoRequest(info));
    } catch (FlightRuntimeException e) {
      LOG.debug("The server could not cancel; the stream is closed instead", e);
    }
    FlightStream stream = statement.stream;
    if (stream != null) {
      stream.cancel("cancelled by the user", null);
    }
  }

  @Override
  public List<TableName> tables() {
    List<TableName> names = new ArrayList<>();
    FlightInfo info = client.getTables(null, null, null, null, false);
    for (FlightEndpoint endpoint : info.getEndpoints()) {
      try (FlightStream stream = client.getStream(endpoint.getTicket())) {
        while (stream.next()) {
          addTables(stream.getRoot(), names);
        }
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    return names;
  }

  @Override
  public void close() {
    try {
      client.closeSession(new CloseSessionRequest());
    } catch (FlightRuntimeException e) {
      LOG.debug("The server will close the idle session itself", e);
    }
    try {
      client.close();
      allocator.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void addTables(VectorSchemaRoot batch, List<TableName> names) {
    for (int row = 0; row < batch.getRowCount(); row++) {
      names.add(
          new TableName(
              String.valueOf(batch.getVector("db_schema_name").getObject(row)),
              String.valueOf(batch.getVector("table_name").getObject(row)),
              String.valueOf(batch.getVector("table_type").getObject(row))));
    }
  }

  private static OrochiException cancelled(FlightRuntimeException answer) {
    return OrochiException.of(OrochiErrorCode.QUERY_CANCELLED, "Cancelled the statement")
        .causedBy(answer);
  }

  private static final class Running {
    private final Thread thread;
    private volatile FlightInfo info;
    private volatile FlightStream stream;
    private volatile boolean cancelled;

    private Running(Thread thread) {
      this.thread = thread;
    }
  }
}
