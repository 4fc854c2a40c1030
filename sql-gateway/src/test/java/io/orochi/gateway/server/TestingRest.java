package io.orochi.gateway.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Flink's REST protocol without a client of Flink's. */
final class TestingRest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;

  TestingRest(OrochiServer server) {
    url = server.addresses().restUrl() + "/v3/sessions";
  }

  /** A status, and a body that was JSON. */
  record Answer(int status, JsonNode body) {
    /** The only error of the answer. */
    String error() {
      if (body.path("errors").size() != 1) {
        throw new AssertionError("Not one error: " + body);
      }
      return body.path("errors").get(0).asText();
    }
  }

  /** Opens a session. */
  Answer open() throws Exception {
    return send("POST", "", "{}");
  }

  /** Submits a statement. */
  Answer execute(String session, String sql) throws Exception {
    return send(
        "POST", "/" + session + "/statements", MAPPER.writeValueAsString(Map.of("statement", sql)));
  }

  /** Submits a statement and waits until it has ended or failed. */
  Answer result(String session, String sql) throws Exception {
    return result(session, text(execute(session, sql), "operationHandle"), 0);
  }

  /** The first page of a statement that was submitted. */
  Answer result(String session, String operation, long token) throws Exception {
    while (true) {
      Answer page =
          send(
              "GET",
              "/" + session + "/operations/" + operation + "/result/" + token + "?rowFormat=JSON",
              null);
      if (!page.body().path("resultType").asText().equals("NOT_READY")) {
        return page;
      }
    }
  }

  Answer operation(String method, String session, String operation, String verb) throws Exception {
    return send(method, "/" + session + "/operations/" + operation + "/" + verb, null);
  }

  static String text(Answer answer, String field) {
    return answer.body().path(field).asText();
  }

  Answer send(String method, String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(url + path))
                .header("content-type", "application/json")
                .method(
                    method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    return new Answer(response.statusCode(), MAPPER.readTree(response.body()));
  }
}
