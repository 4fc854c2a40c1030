package io.orochi.bench;

import io.orochi.cluster.OrochiCluster;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.client.ClientCookieMiddleware;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Statements over Arrow's own Flight SQL client: the same calls without JDBC's part in them. */
final class PlainFlight implements AutoCloseable {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  private final BufferAllocator allocator = new RootAllocator();
  private final FlightSqlClient client;

  PlainFlight(OrochiCluster cluster) {
    URI flight = URI.create(cluster.addresses().flightUrl());
    client =
        new FlightSqlClient(
            FlightClient.builder(
                    allocator, Location.forGrpcInsecure(flight.getHost(), flight.getPort()))
                .intercept(new ClientCookieMiddleware.Factory())
                .build());
  }

  List<List<Object>> query(String sql) throws Exception {
    return rows(client.execute(sql));
  }

  Prepared prepare(String sql) {
    return new Prepared(client.prepare(sql));
  }

  /** A prepared query and the values of its parameters. */
  final class Prepared implements AutoCloseable {
    private final FlightSqlClient.PreparedStatement statement;
    private final VectorSchemaRoot values;

    private Prepared(FlightSqlClient.PreparedStatement statement) {
      this.statement = statement;
      this.values = VectorSchemaRoot.create(statement.getParameterSchema(), allocator);
    }

    /**
     * @param bound INT, STRING and TIMESTAMP parameters: Integer, String, LocalDateTime
     */
    List<List<Object>> query(Object... bound) throws Exception {
      for (int i = 0; i < bound.length; i++) {
        set(values.getVector(i), bound[i]);
      }
      values.setRowCount(1);
      statement.setParameters(values);
      return rows(statement.execute());
    }

    private static void set(FieldVector vector, Object value) {
      if (vector instanceof IntVector numbers) {
        numbers.setSafe(0, (Integer) value);
      } else if (vector instanceof VarCharVector texts) {
        texts.setSafe(0, ((String) value).getBytes(StandardCharsets.UTF_8));
      } else {
        long millis = ChronoUnit.MILLIS.between(EPOCH, (LocalDateTime) value);
        ((TimeStampMilliVector) vector).setSafe(0, millis);
      }
    }

    @Override
    public void close() {
      statement.close();
      values.close();
    }
  }

  private List<List<Object>> rows(FlightInfo announced) throws Exception {
    List<List<Object>> rows = new ArrayList<>();
    try (FlightStream stream = client.getStream(announced.getEndpoints().get(0).getTicket())) {
      while (stream.next()) {
        VectorSchemaRoot batch = stream.getRoot();
        for (int row = 0; row < batch.getRowCount(); row++) {
          List<Object> values = new ArrayList<>();
          for (FieldVector column : batch.getFieldVectors()) {
            values.add(column.getObject(row));
          }
          rows.add(values);
        }
      }
    }
    return rows;
  }

  @Override
  public void close() throws Exception {
    client.close();
    allocator.close();
  }
}
