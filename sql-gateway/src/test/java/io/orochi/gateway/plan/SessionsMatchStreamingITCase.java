package io.orochi.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernel's SESSION windows are those of a Flink job that streams the same rows: Flink has none
 * in batch. Rows come in any order, often exactly one gap apart, and none is too late.
 */
class SessionsMatchStreamingITCase {
  private static final int ROWS = 300;
  private static final long START =
      LocalDateTime.of(1969, 12, 31, 23, 0).toEpochSecond(ZoneOffset.UTC);

  @TempDir Path folder;

  private record Event(int id, String k, LocalDateTime ts) {
    Row row() {
      return Row.of(id, k, ts);
    }

    String sql() {
      String key = k == null ? "CAST(NULL AS STRING)" : "'" + k + "'";
      String time = ts.toString().replace('T', ' ');
      return "("
          + id
          + ", "
          + key
          + ", TIMESTAMP '"
          + (time.length() < 17 ? time + ":00" : time)
          + "')";
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, window_start, window_end, window_time, COUNT(*), SUM(id) FROM TABLE(SESSION(TABLE"
            + " e PARTITION BY k, DESCRIPTOR(ts), INTERVAL '10' SECOND))"
            + " GROUP BY k, window_start, window_end, window_time",
        "SELECT id, window_start, window_end FROM TABLE(SESSION(TABLE e, DESCRIPTOR(ts), INTERVAL"
            + " '1' SECOND))",
        "SELECT k, SESSION_START(ts, INTERVAL '10' SECOND), SESSION_END(ts, INTERVAL '10' SECOND),"
            + " SESSION_ROWTIME(ts, INTERVAL '10' SECOND), COUNT(*), SUM(id)"
            + " FROM e GROUP BY k, SESSION(ts, INTERVAL '10' SECOND)"
      })
  void sessionsAreThoseOfAStream(String query) {
    List<Event> events = events(new Random(7));
    List<String> kernel;
    try (TestingEngines engines = new TestingEngines(folder, ZoneId.of("UTC"))) {
      String values = events.stream().map(Event::sql).collect(Collectors.joining(", "));
      engines
          .env()
          .executeSql(
              "CREATE TEMPORARY VIEW e AS SELECT id, k, CAST(ts AS TIMESTAMP(3)) AS ts"
                  + " FROM (VALUES "
                  + values
                  + ") AS v(id, k, ts)");
      kernel = engines.onKernel(query).stream().map(List::toString).sorted().toList();
    }
    assertThat(kernel).isEqualTo(streamed(events, query)).hasSizeGreaterThan(20);
  }

  private static List<Event> events(Random random) {
    List<Event> events = new ArrayList<>();
    for (int id = 0; id < ROWS; id++) {
      long second = random.nextInt(6000);
      int milli = List.of(0, 0, 0, 1, 999).get(random.nextInt(5));
      String key = List.of("a", "b", "c", "").get(random.nextInt(4));
      Instant time = Instant.ofEpochSecond(START + second, milli * 1_000_000L);
      events.add(
          new Event(id, key.isEmpty() ? null : key, LocalDateTime.ofInstant(time, ZoneOffset.UTC)));
    }
    return events;
  }

  private static List<String> streamed(List<Event> events, String query) {
    StreamExecutionEnvironment jobs = StreamExecutionEnvironment.getExecutionEnvironment();
    jobs.setParallelism(1);
    StreamTableEnvironment env = StreamTableEnvironment.create(jobs);
    env.createTemporaryView(
        "e",
        env.fromDataStream(
            jobs.fromData(
                org.apache.flink.api.common.typeinfo.Types.ROW_NAMED(
                    new String[] {"id", "k", "ts"},
                    org.apache.flink.api.common.typeinfo.Types.INT,
                    org.apache.flink.api.common.typeinfo.Types.STRING,
                    org.apache.flink.api.common.typeinfo.Types.LOCAL_DATE_TIME),
                events.stream().map(Event::row).toArray(Row[]::new)),
            Schema.newBuilder()
                .column("id", DataTypes.INT())
                .column("k", DataTypes.STRING())
                .column("ts", DataTypes.TIMESTAMP(3))
                .watermark("ts", "ts - INTERVAL '1' DAY")
                .build()));
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> answer = env.executeSql(query).collect()) {
      answer.forEachRemaining(row -> rows.add(values(row)));
    } catch (Exception failure) {
      throw new IllegalStateException(query, failure);
    }
    return rows.stream().sorted().toList();
  }

  private static String values(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.getArity(); i++) {
      values.add(row.getField(i));
    }
    return values.toString();
  }
}
