package io.orochi.gateway.cli;

import io.orochi.catalog.folder.ServerAddresses;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;

/** Where to connect, as printed when a server is up. */
final class Announcement {
  private Announcement() {}

  static void print(PrintWriter out, Path data, ServerAddresses addresses) {
    out.printf("Orochi %s is running (process %d)%n", addresses.version(), addresses.pid());
    out.printf("  data folder   %s%n", data.toAbsolutePath().normalize());
    URI flight = URI.create(addresses.flightUrl());
    out.printf("  shell         orochi sql --data '%s'%n", data);
    out.printf(
        "  JDBC          jdbc:arrow-flight-sql://%s:%d/?useEncryption=false%n",
        flight.getHost(), flight.getPort());
    out.printf("  Flight SQL    %s%n", addresses.flightUrl());
    URI rest = URI.create(addresses.restUrl());
    out.printf("  SQL gateway   %s%n", addresses.restUrl());
    out.printf("  Flink client  orochi flink-sql --data '%s'%n", data);
    out.printf("  Flink JDBC    jdbc:flink://%s:%d%n", rest.getHost(), rest.getPort());
    out.printf("  Flink cluster %s%n", addresses.flinkUrl());
    out.printf("  Iceberg REST  %s%n", addresses.catalogUrl());
    out.flush();
  }
}
