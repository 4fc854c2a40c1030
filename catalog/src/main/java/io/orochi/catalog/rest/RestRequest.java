package io.orochi.catalog.rest;

import io.javalin.http.Context;
import java.util.Optional;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTRequest;
import org.apache.iceberg.rest.RESTUtil;

/** One HTTP request in the words of the catalog. */
record RestRequest(Context http, RestJson json) {
  Namespace namespace() {
    return RESTUtil.namespaceFromQueryParam(http.pathParam("namespace"));
  }

  TableIdentifier table() {
    return TableIdentifier.of(namespace(), http.pathParam("table"));
  }

  TableIdentifier view() {
    return TableIdentifier.of(namespace(), http.pathParam("view"));
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
}
