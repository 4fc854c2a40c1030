package io.orochi.gateway.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import io.orochi.gateway.plan.explain.ByteText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * What running a change has shown.
 *
 * @param rows that it changed; -1 if nobody waited for its job
 * @param job of Flink that made it; null if none did
 * @param scope whether others can see it
 * @param published in the order of the commits; empty if a job made it, or if nothing changed
 * @param rowsForLater rows that are written with the transaction's commit
 */
public record ChangeActuals(
    long rows, String job, Scope scope, List<Published> published, long rowsForLater, Times times) {
  public ChangeActuals {
    published = List.copyOf(published);
  }

  /** Whose view of the table has changed. */
  public enum Scope {
    EVERYBODY,
    TRANSACTION
  }

  /** One commit. */
  public record Published(String table, long snapshot, Files files) {}

  /** What a commit added and took away. */
  public record Files(long added, long addedBytes, long addedDeletes, long removed) {}

  /**
   * Nanoseconds.
   *
   * @param plan the plan that is shown; running the change plans again
   * @param execute planning, reading and writing of files
   */
  public record Times(long parse, long plan, long execute, long commit) {
    long total() {
      return parse + plan + execute + commit;
    }
  }

  String text() {
    StringBuilder text = new StringBuilder("== Actual ==\n");
    text.append(rows < 0 ? "nobody waits for the rows" : "rows " + rows);
    if (job != null) {
      text.append("\nby Flink's job ").append(job);
    } else if (rowsForLater > 0) {
      text.append("\nkept for the commit of the transaction: rows ").append(rowsForLater);
    } else if (published.isEmpty()) {
      text.append("\nnothing to commit");
    }
    for (Published commit : published) {
      text.append(scope == Scope.TRANSACTION ? "\nstaged in the transaction: " : "\ncommit: ")
          .append(commit.table())
          .append(", snapshot ")
          .append(commit.snapshot())
          .append(", files added ")
          .append(commit.files().added())
          .append(" (")
          .append(ByteText.of(commit.files().addedBytes()))
          .append("), removed ")
          .append(commit.files().removed())
          .append(", delete files added ")
          .append(commit.files().addedDeletes());
    }
    return text.append("\nparse ")
        .append(millis(times.parse()))
        .append(", plan ")
        .append(millis(times.plan()))
        .append(", execute ")
        .append(millis(times.execute()))
        .append(", commit ")
        .append(millis(times.commit()))
        .append(", total ")
        .append(millis(times.total()))
        .append('\n')
        .toString();
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("actual");
    json.writeNumberField("rows", rows);
    if (job != null) {
      json.writeStringField("job", job);
    }
    if (rowsForLater > 0) {
      json.writeNumberField("rows_for_later", rowsForLater);
    }
    json.writeArrayFieldStart(scope == Scope.TRANSACTION ? "staged" : "commits");
    for (Published commit : published) {
      json.writeStartObject();
      json.writeStringField("table", commit.table());
      json.writeNumberField("snapshot", commit.snapshot());
      json.writeNumberField("files_added", commit.files().added());
      json.writeNumberField("bytes_added", commit.files().addedBytes());
      json.writeNumberField("files_removed", commit.files().removed());
      json.writeNumberField("delete_files_added", commit.files().addedDeletes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("stages_ms");
    json.writeNumberField("parse", times.parse() / 1e6);
    json.writeNumberField("plan", times.plan() / 1e6);
    json.writeNumberField("execute", times.execute() / 1e6);
    json.writeNumberField("commit", times.commit() / 1e6);
    json.writeEndObject();
    json.writeNumberField("total_ms", times.total() / 1e6);
    json.writeEndObject();
  }
}
