package io.orochi.gateway.rest;

import io.orochi.gateway.session.Sessions;
import io.orochi.gateway.statement.running.Statements;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.net.InetSocketAddress;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.table.gateway.rest.SqlGatewayRestEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flink's stock REST endpoint, for the stock SQL client and JDBC driver. */
public final class RestDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RestDoor.class);

  private final SqlGatewayRestEndpoint endpoint;

  private RestDoor(SqlGatewayRestEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Opens the door; {@code port} 0 takes a free one. */
  public static RestDoor open(String host, int port, Sessions sessions, Statements statements) {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, host);
    configuration.set(RestOptions.BIND_ADDRESS, host);
    configuration.set(RestOptions.PORT, port);
    configuration.set(RestOptions.BIND_PORT, Integer.toString(port));
    CodedAnswersFactory.ask(configuration);
    try {
      SqlGatewayRestEndpoint endpoint =
          new SqlGatewayRestEndpoint(configuration, new RestService(sessions, statements));
      endpoint.start();
      return new RestDoor(endpoint);
    } catch (Exception failure) {
      throw OrochiException.findIn(failure)
          .orElseGet(
              () ->
                  OrochiException.of(OrochiErrorCode.INTERNAL_ERROR, "Cannot open the REST door")
                      .withDetail(String.valueOf(failure.getMessage()))
                      .causedBy(failure));
    }
  }

  /** For example {@code http://127.0.0.1:8083}. */
  public String url() {
    InetSocketAddress address = endpoint.getServerAddress();
    return "http://" + address.getHostString() + ":" + address.getPort();
  }

  @Override
  public void close() {
    try {
      endpoint.stop();
    } catch (Exception failure) {
      LOG.warn("The REST door did not close cleanly", failure);
    }
  }
}
