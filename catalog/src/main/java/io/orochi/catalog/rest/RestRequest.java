package io.orochi.catalog.rest;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.RESTRequest;
import org.apache.iceberg.rest.RESTUtil;

/** One HTTP request in the words of the catalog. */
record RestRequest(Context http, RestJson json) {
  private static final int DEFAULT_PAGE_SIZE = 100;

  /**
   * A part of a list.
   *
   * @param token where it starts, as an earlier answer has said; empty for the beginning
   * @param size in entries
   */
  record Page(String token, String size) {}

  Namespace namespace() {
    return RESTUtil.namespaceFromQueryParam(http.pathParam("namespace"));
  }

  TableIdentifier table() {
    return TableIdentifier.of(namespace(), http.pathParam("table"));
  }

  TableIdentifier view() {
    return TableIdentifier.of(namespace(), http.pathParam("view"));
  }

  /** Empty if the client asks for the whole list. */
  Optional<Page> page() {
    String token = http.queryParam("pageToken");
    Optional<String> size = parameter("pageSize");
    if (token == null && size.isEmpty()) {
      return Optional.empty();
    }
    String start = token == null ? "" : token;
    String entries = size.orElse(Integer.toString(DEFAULT_PAGE_SIZE));
    requireNumber("pageSize", entries, 1);
    if (!start.isEmpty()) {
      requireNumber("pageToken", start, 0);
    }
    return Optional.of(new Page(start, entries));
  }

  /** Which snapshots a loaded table shall have. */
  SnapshotMode snapshots() {
    return parameter("snapshots")
        .map(
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "all" -> SnapshotMode.ALL;
                  case "refs" -> SnapshotMode.REFS;
                  default ->
                      throw new IllegalArgumentException(
                          "Invalid value of snapshots: " + text + ", known are all and refs");
                })
        .orElse(SnapshotMode.ALL);
  }

  String planId() {
    return http.pathParam("plan-id");
  }

  <T extends RESTRequest> T body(Class<T> type) {
    return json.read(http.body(), type);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(http.queryParam(name)).filter(value -> !value.isEmpty());
  }

  boolean flag(String name) {
    return parameter(name).map(Boolean::parseBoolean).orElse(false);
  }

  private static void requireNumber(String parameter, String text, int least) {
    try {
      if (Integer.parseInt(text) >= least) {
        return;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, with the numbers out of range.
    }
    throw new IllegalArgumentException(
        "Invalid value of " + parameter + ": " + text + ", at least " + least + " expected");
  }
}
