package io.orochi.catalog.rest;

import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.rest.RESTCatalog;

/** A served catalog in a folder, and ways to reach it. */
final class TestingRestServer implements AutoCloseable {
  static final String TOKEN = "the-token";

  private final OrochiIcebergCatalog catalog;
  private final RestCatalogServer server;

  TestingRestServer(Path folder) {
    this.catalog =
        OrochiIcebergCatalog.open(
            new CatalogConfig(
                "orochi",
                folder.resolve("warehouse").toUri().toString(),
                "jdbc:sqlite:" + folder.resolve("metastore.db"),
                Map.of()));
    this.server = RestCatalogServer.start(catalog, RestAuthorizer.bearing(TOKEN), "127.0.0.1", 0);
  }

  OrochiIcebergCatalog catalog() {
    return catalog;
  }

  /** Iceberg's own client, admitted. */
  RESTCatalog client(Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(properties);
    all.put("uri", uri(""));
    all.put("token", TOKEN);
    RESTCatalog client = new RESTCatalog();
    client.initialize("remote", all);
    return client;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** With the token. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(uri(path))).header("Authorization", "Bearer " + TOKEN);
  }

  /** A file that nobody opens. */
  static DataFile file(Table table, String name) {
    return DataFiles.builder(table.spec())
        .withPath(table.location() + "/data/" + name + ".parquet")
        .withFileSizeInBytes(10)
        .withRecordCount(1)
        .build();
  }

  private String uri(String path) {
    return "http://127.0.0.1:" + server.port() + RestCatalogServer.PATH + path;
  }

  @Override
  public void close() {
    server.close();
    catalog.close();
  }
}
