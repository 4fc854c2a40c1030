package io.orochi.gateway.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * What a change does to its table, as far as its plan tells.
 *
 * @param kind {@code append}, {@code overwrite}, {@code update}, {@code delete} or {@code merge}
 * @param rows that the statement itself holds; -1 if they are computed
 * @param files of the table; -1 if none of them loses rows one by one
 * @param mayLoseRows of these files
 * @param dropped of those that lose all their rows and are not read for it
 */
public record ChangeEffect(
    String kind, String table, long rows, long files, long mayLoseRows, long dropped) {
  private static final String APPEND = "append";

  /** New files only. */
  public static ChangeEffect append(String table, long rows) {
    return new ChangeEffect(APPEND, table, rows, -1, 0, 0);
  }

  /** The partitions that get rows. */
  public static ChangeEffect overwrite(String table) {
    return new ChangeEffect("overwrite", table, -1, -1, 0, 0);
  }

  String text() {
    String to = kind.equals(APPEND) ? " to " : " ";
    return kind + to + table + ": " + what();
  }

  private String what() {
    if (files >= 0) {
      return "files that may lose rows %d/%d, of these dropped whole and not read %d"
          .formatted(mayLoseRows, files, dropped);
    }
    if (rows >= 0) {
      return "rows " + rows;
    }
    return kind.equals(APPEND) ? "new files only" : "the partitions of the new rows";
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("change");
    json.writeStringField("kind", kind);
    json.writeStringField("table", table);
    if (rows >= 0) {
      json.writeNumberField("rows", rows);
    }
    if (files >= 0) {
      json.writeObjectFieldStart("files");
      json.writeNumberField("may_lose_rows", mayLoseRows);
      json.writeNumberField("dropped_whole", dropped);
      json.writeNumberField("total", files);
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
