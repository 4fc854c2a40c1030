package io.orochi.bench;

import io.orochi.cluster.OrochiCluster;
import java.net.URI;
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
import org.apache.arrow.vector.VectorSchemaRoot;

/** Statements over Arrow's own Flight SQL client: the same calls without JDBC's part in them. */
final class PlainFlight implements AutoCloseable {
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

  /** A query with one INT parameter. */
  OfInt prepare(String sql) {
    return new OfInt(client.prepare(sql));
  }

  /** A prepared query and its parameter's value. */
  final class OfInt implements AutoCloseable {
    private final FlightSqlClient.PreparedStatement statement;
    private final IntVector value = new IntVector("value", allocator);
    private final VectorSchemaRoot values = VectorSchemaRoot.of(value);

    private OfInt(FlightSqlClient.PreparedStatement statement) {
      this.statement = statement;
    }

    List<List<Object>> query(int bound) throws Exception {
      value.setSafe(0, bound);
      values.setRowCount(1);
      statement.setParameters(values);
      return rows(statement.execute());
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
