package io.orochi.stream.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.api.common.JobID;

/**
 * One line about a running job, written over itself; nothing where no person looks at a terminal.
 * Not safe for threads.
 */
final class Progress {
  private static final double MEGABYTE = 1e6;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final FlinkCluster cluster;
  private final JobID job;
  private final PrintWriter out;
  private final long totalBytes;
  private final long startedNanos = System.nanoTime();
  private boolean shown;

  /**
   * @param totalBytes of the input; 0 if it has no end
   */
  Progress(FlinkCluster cluster, JobID job, PrintWriter out, long totalBytes) {
    this.cluster = cluster;
    this.job = job;
    this.out = out;
    this.totalBytes = totalBytes;
  }

  void show() {
    if (System.console() == null) {
      return;
    }
    Optional<JsonNode> details = cluster.job(job);
    if (details.isEmpty() || details.get().path("vertices").isEmpty()) {
      return;
    }
    JsonNode source = details.get().path("vertices").get(0);
    long rows = source.path("metrics").path("write-records").asLong();
    double bytes =
        cluster.sum(job, source.path("id").asText(), "Source__read.numBytesIn").orElse(0.0);
    out.print(CLEAR_LINE + line(details.get().path("state").asText(), rows, bytes));
    out.flush();
    shown = true;
  }

  private String line(String state, long rows, double bytes) {
    double seconds = Math.max(0.001, (System.nanoTime() - startedNanos) / 1e9);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s  %,d rows  %,.0f rows/s",
            state.toLowerCase(Locale.ROOT),
            rows,
            rows / seconds));
    if (totalBytes > 0 && bytes > 0) {
      double left = Math.max(0, totalBytes - bytes) / (bytes / seconds);
      text.append(
          String.format(
              Locale.ROOT,
              "  %.1f of %.1f MB  %d s left",
              bytes / MEGABYTE,
              totalBytes / MEGABYTE,
              Duration.ofMillis((long) (left * 1000)).toSeconds()));
    }
    return text.toString();
  }

  /** Takes the line away. */
  void clear() {
    if (shown) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }
}
