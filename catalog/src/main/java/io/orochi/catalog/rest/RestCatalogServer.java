package io.orochi.catalog.rest;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.eclipse.jetty.http.UriCompliance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog for everything outside this process: Iceberg's REST protocol under {@code
 * /iceberg/v1}, so that Spark, Trino, PyIceberg and remote task managers read and commit through
 * the same metastore, several tables in one transaction included. The catalog stays the caller's to
 * close.
 */
public final class RestCatalogServer implements AutoCloseable {
  /** Where the protocol lives; a client is given the server's address with this path. */
  public static final String PATH = "/iceberg";

  private static final Logger LOG = LoggerFactory.getLogger(RestCatalogServer.class);
  private static final String BEARER = "Bearer ";

  private final RestJson json = new RestJson();
  private final RestRoutes routes;
  private final RestAuthorizer authorizer;
  private final Javalin server;

  private RestCatalogServer(RestRoutes routes, RestAuthorizer authorizer, String host, int port) {
    this.routes = routes;
    this.authorizer = authorizer;
    this.server = Javalin.create(this::configure).start(host, port);
  }

  /**
   * Starts to listen.
   *
   * @param port 0 takes a free one
   */
  public static RestCatalogServer start(
      OrochiIcebergCatalog catalog, RestAuthorizer authorizer, String host, int port) {
    return new RestCatalogServer(new RestRoutes(catalog), authorizer, host, port);
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    // The separator of namespace levels is a control character, which Jetty refuses by default.
    config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(UriCompliance.UNSAFE));
    config.routes.before(PATH + "/*", this::authorize);
    config.routes.get(PATH + "/v1/config", http -> reply(http, configuration()));
    routes.byEndpoint().forEach((endpoint, route) -> add(config, endpoint, route));
    config.routes.exception(HttpResponseException.class, this::fail);
    config.routes.exception(Exception.class, this::fail);
  }

  private void add(
      JavalinConfig config, org.apache.iceberg.rest.Endpoint endpoint, RestRoutes.Route route) {
    config.routes.addEndpoint(
        new Endpoint(
            HandlerType.findOrCreate(endpoint.httpMethod()),
            PATH + endpoint.path().replace("/{prefix}", ""),
            http -> reply(http, route.answer(new RestRequest(http, json))),
            Set.of()));
  }

  private ConfigResponse configuration() {
    return ConfigResponse.builder()
        .withEndpoints(List.copyOf(routes.byEndpoint().keySet()))
        .build();
  }

  private void authorize(Context http) {
    Optional<String> token =
        Optional.ofNullable(http.header("Authorization"))
            .filter(value -> value.startsWith(BEARER))
            .map(value -> value.substring(BEARER.length()));
    if (!authorizer.admits(token)) {
      throw new NotAuthorizedException("Cannot use the catalog: the token is missing or wrong");
    }
  }

  private void reply(Context http, Object answer) {
    if (answer == null) {
      http.status(204);
    } else {
      http.status(200).contentType("application/json").result(json.write(answer));
    }
  }

  private void fail(Exception failure, Context http) {
    ErrorResponse error = RestErrors.of(failure);
    if (error.code() >= 500) {
      LOG.warn("Request failed: {} {}", http.method(), http.path(), failure);
    }
    http.status(error.code()).contentType("application/json").result(json.write(error));
  }
}
