package io.orochi.cluster;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.server.OrochiServer;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * A whole Orochi in this process: every door on a free port, data in a folder that outlives it.
 * {@link #main} runs one for an IDE or a debugger until it is interrupted.
 */
public final class OrochiCluster implements AutoCloseable {
  private final ServerConfig config;
  private final OrochiIcebergCatalog catalog;
  private OrochiServer server;

  private OrochiCluster(ServerConfig config) {
    this.config = config;
    this.server = OrochiServer.start(config);
    this.catalog = OrochiIcebergCatalog.open(catalogConfig());
  }

  public static OrochiCluster start(Path dataFolder) {
    return start(ServerConfig.defaults(dataFolder));
  }

  /** Starts with these server options; data folder and ports are set here. */
  public static OrochiCluster start(Path dataFolder, Map<String, String> options) {
    Map<String, String> all = new java.util.HashMap<>(options);
    all.put("data", dataFolder.toString());
    return start(ServerConfig.of(all));
  }

  private static OrochiCluster start(ServerConfig config) {
    return new OrochiCluster(config.withPorts(ServerConfig.Ports.auto()));
  }

  public static void main(String[] args) throws InterruptedException {
    Path folder = Path.of(args.length > 0 ? args[0] : "target/orochi-data");
    try (OrochiCluster cluster = start(folder)) {
      System.out.println(cluster.addresses());
      cluster.server.awaitShutdown();
    }
  }

  public ServerAddresses addresses() {
    return server.addresses();
  }

  public Path dataFolder() {
    return config.dataFolder();
  }

  /** Stops the server and starts it again on the same folder; ports change. */
  public void restart() {
    server.close();
    server = OrochiServer.start(config);
  }

  /** A new session over Arrow Flight SQL, in time zone UTC. */
  public Connection flight() throws SQLException {
    URI flight = URI.create(addresses().flightUrl());
    Connection connection =
        DriverManager.getConnection(
            "jdbc:arrow-flight-sql://%s:%d/?useEncryption=false"
                .formatted(flight.getHost(), flight.getPort()));
    Sql.run(connection, "SET 'table.local-time-zone' = 'UTC'");
    return connection;
  }

  /** A new session over Flink's own JDBC driver. */
  public Connection flinkJdbc() throws SQLException {
    URI rest = URI.create(addresses().restUrl());
    return DriverManager.getConnection(
        "jdbc:flink://%s:%d".formatted(rest.getHost(), rest.getPort()));
  }

  public CatalogConfig catalogConfig() {
    return CatalogConfig.of(DataFolder.open(dataFolder()));
  }

  /** Past every door; closed with the cluster. */
  public OrochiIcebergCatalog catalog() {
    return catalog;
  }

  /** The table as Iceberg sees it, read past every door. */
  public Table table(String database, String name) {
    return catalog.loadTable(TableIdentifier.of(Namespace.of(database), name));
  }

  @Override
  public void close() {
    catalog.close();
    server.close();
  }
}
