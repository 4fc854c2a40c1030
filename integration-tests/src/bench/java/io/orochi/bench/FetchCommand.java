package io.orochi.bench;

import io.orochi.bench.Race.Contestant;
import io.orochi.cluster.OrochiCluster;
import io.orochi.tpch.BulkLoad;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Types;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast many rows reach a client. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    description = "Rows × 5 columns to a client over Arrow, Flight SQL JDBC and Flink JDBC.")
final class FetchCommand implements Callable<Integer> {
  private static final String MEASURES =
      "SELECT of five columns (BIGINT, INT, DOUBLE, STRING, TIMESTAMP) to the last row, warm,"
          + " client and server in one process; Flink's driver fetches the rows of --flink-rows";
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "id", Types.LongType.get()),
          Types.NestedField.required(2, "host", Types.IntegerType.get()),
          Types.NestedField.required(3, "v", Types.DoubleType.get()),
          Types.NestedField.required(4, "region", Types.StringType.get()),
          Types.NestedField.required(5, "ts", Types.TimestampType.withoutZone()));
  private static final TableIdentifier TABLE = TableIdentifier.of("bench", "wide");

  @Mixin private BenchOptions options;

  @Option(names = "--rows", defaultValue = "5000000", description = "Default: ${DEFAULT-VALUE}.")
  private long rows;

  @Option(
      names = "--flink-rows",
      defaultValue = "100000",
      description = "Rows fetched through Flink's JDBC driver (default: ${DEFAULT-VALUE}).")
  private long flinkRows;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path folder = options.work().resolve("fetch-" + rows);
    try (OrochiCluster cluster = OrochiCluster.start(folder, BenchOptions.SERVER)) {
      load(cluster);
      BenchReport report =
          new BenchReport("fetch", MEASURES, List.of("flight-arrow", "flight-jdbc", "flink-jdbc"));
      report.fact("rows", rows);
      report.fact("flink_rows", flinkRows);
      try (Connection flight = cluster.flight();
          Connection flink = cluster.flinkJdbc()) {
        Race.Result perMillionRows =
            perMillion(new Race(1, options.rounds()), cluster, flight, flink);
        report.add(perMillionRows);
        report.fact("flight_arrow_rows_per_second", rate(perMillionRows.medians().get(0)));
        report.fact("flight_jdbc_rows_per_second", rate(perMillionRows.medians().get(1)));
        report.fact("flink_jdbc_rows_per_second", rate(perMillionRows.medians().get(2)));
      }
      report.print(spec.commandLine().getOut());
      return 0;
    }
  }

  private Race.Result perMillion(
      Race race, OrochiCluster cluster, Connection flight, Connection flink) throws Exception {
    String all = "SELECT id, host, v, region, ts FROM orochi.bench.wide";
    String some = all + " WHERE id < " + flinkRows;
    Race.Result times =
        race.run(
            "rows",
            List.of(
                new Contestant("flight-arrow", () -> arrow(cluster, all) == rows),
                new Contestant("flight-jdbc", () -> jdbc(flight, all) == rows),
                new Contestant("flink-jdbc", () -> jdbc(flink, some) == flinkRows)),
            (expected, actual) ->
                expected.equals(true) && actual.equals(true) ? List.of() : List.of("rows missing"));
    return new Race.Result(
        "ms per million rows",
        List.of(
            times.medians().get(0) * 1e6 / rows,
            times.medians().get(1) * 1e6 / rows,
            times.medians().get(2) * 1e6 / flinkRows));
  }

  private static long rate(double millisPerMillionRows) {
    return Math.round(1e9 / millisPerMillionRows);
  }

  private static long jdbc(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      long count = 0;
      while (result.next()) {
        if (result.getLong(1) >= 0 && result.getDouble(3) >= 0 && result.getString(4) != null) {
          count++;
        }
      }
      return count;
    }
  }

  private static long arrow(OrochiCluster cluster, String sql) throws Exception {
    URI url = URI.create(cluster.addresses().flightUrl());
    try (BufferAllocator allocator = new RootAllocator();
        FlightClient client =
            FlightClient.builder(allocator, Location.forGrpcInsecure(url.getHost(), url.getPort()))
                .build();
        FlightSqlClient sqlClient = new FlightSqlClient(client)) {
      FlightInfo info = sqlClient.execute(sql);
      long count = 0;
      for (FlightEndpoint endpoint : info.getEndpoints()) {
        try (FlightStream stream = sqlClient.getStream(endpoint.getTicket())) {
          while (stream.next()) {
            count += stream.getRoot().getRowCount();
          }
        }
      }
      return count;
    }
  }

  /** Makes the table, or fills the one an earlier run has left without rows. */
  private void load(OrochiCluster cluster) throws Exception {
    if (!cluster.catalog().namespaceExists(TABLE.namespace())) {
      cluster.catalog().createNamespace(TABLE.namespace());
    }
    Table table =
        cluster.catalog().tableExists(TABLE)
            ? cluster.catalog().loadTable(TABLE)
            : cluster.catalog().createTable(TABLE, SCHEMA, PartitionSpec.unpartitioned());
    if (table.currentSnapshot() != null) {
      return;
    }
    BulkLoad load = new BulkLoad(table);
    load.writeFile(records());
    load.commit();
  }

  private Iterator<GenericRecord> records() {
    GenericRecord record = GenericRecord.create(SCHEMA);
    LocalDateTime start = LocalDateTime.of(2024, 1, 1, 0, 0);
    return new Iterator<>() {
      private long next;

      @Override
      public boolean hasNext() {
        return next < rows;
      }

      @Override
      public GenericRecord next() {
        record.set(0, next);
        record.set(1, (int) (next % 4_000));
        record.set(2, (next * 2_654_435_761L % 10_000) / 100.0);
        record.set(3, "region-" + next % 16);
        record.set(4, start.plusNanos(next * 1_000_000));
        next++;
        return record;
      }
    };
  }
}
