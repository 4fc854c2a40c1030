package io.orochi.gateway.change;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.server.OrochiServer;
import io.orochi.gateway.server.TestingFlight;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** A server of its own, and SQL on it. */
final class TestingServer implements AutoCloseable {
  private final Path folder;
  private final OrochiServer server;

  TestingServer(Path folder) {
    this.folder = folder;
    server = OrochiServer.start(ServerConfig.defaults(folder).withPorts(ServerConfig.Ports.auto()));
  }

  Connection connect() throws SQLException {
    return TestingFlight.connect(server);
  }

  /** A table as another process sees it. */
  Table table(String name) {
    try (OrochiIcebergCatalog catalog =
        OrochiIcebergCatalog.open(CatalogConfig.embedded(DataFolder.open(folder)))) {
      return catalog.loadTable(TableIdentifier.of("default", name));
    }
  }

  /** The cells of each row, joined by a bar. */
  static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(result.getObject(i)));
        }
        rows.add(String.join("|", cells));
      }
    }
    return rows;
  }

  static long run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(sql);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
