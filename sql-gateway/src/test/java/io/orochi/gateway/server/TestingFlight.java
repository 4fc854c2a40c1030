package io.orochi.gateway.server;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Connections of Arrow's JDBC driver. */
public final class TestingFlight {
  private TestingFlight() {}

  /** A session of its own on the server's Flight SQL door. */
  public static Connection connect(OrochiServer server) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:arrow-flight-sql://"
            + URI.create(server.addresses().flightUrl()).getAuthority()
            + "?useEncryption=false");
  }
}
