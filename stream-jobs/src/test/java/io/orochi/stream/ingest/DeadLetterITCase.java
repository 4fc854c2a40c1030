package io.orochi.stream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.connectors.element.SourceElementTypeInfo;
import io.orochi.connectors.file.BadRecords;
import io.orochi.connectors.file.FileSource;
import io.orochi.connectors.file.FileSourceConfig;
import io.orochi.connectors.file.OnError;
import io.orochi.connectors.file.format.CsvFormat;
import io.orochi.stream.client.TargetTable;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.fault.Fault;
import io.orochi.table.layout.ChunkInterval;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every record is in the table or in the dead-letter table, once, whatever dies on the way. */
class DeadLetterITCase {
  private static final String PIPELINE = "letters";
  private static final int RECORDS = 60_000;
  private static final int BAD_EVERY = 100;
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "ts", Types.TimestampType.withZone()),
          Types.NestedField.optional(2, "name", Types.StringType.get()),
          Types.NestedField.required(3, "n", Types.LongType.get()));
  private static final RowType ROWS = FlinkSchemaUtil.convert(SCHEMA);

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir Path folder;
  private TestingTable table;

  @BeforeEach
  void createTable() {
    table =
        new TestingTable(
            folder,
            SCHEMA,
            new TableLayout(
                "ts", new ChunkInterval(1, ChunkInterval.Unit.DAY), Distribution.NONE, List.of()));
  }

  @AfterEach
  void closeTable() {
    table.close();
  }

  @Test
  void badCsvRecordsAreKeptWithTheirPlaceAndReason() throws Exception {
    Path file = folder.resolve("bad.csv");
    Files.writeString(
        file,
        """
        ts,name,n
        2026-01-01 00:00:00,good,1
        2026-01-01 00:00:01,"wrong, type",many
        2026-01-01 00:00:02,no value,
        2026-01-01 00:00:03,too,many,fields
        2026-01-01 00:00:04,good,2
        """);
    run(file, table.deadLetters(PIPELINE), Restarts.NONE);
    assertThat(goodNumbers()).containsExactlyInAnyOrder(1L, 2L);
    assertThat(errors())
        .containsExactlyInAnyOrder(
            file + "|3|n|OROCHI-4003|\"many\" is no BIGINT|2026-01-01 00:00:01,wrong, type,many",
            file + "|4|n|OROCHI-4003|no value, but it is NOT NULL|2026-01-01 00:00:02,no value,",
            file + "|5|null|OROCHI-4003|4 fields instead of 3|2026-01-01 00:00:03,too,many,fields");
    Table errors = table.errors().orElseThrow();
    assertThat(TableLayout.of(errors).orElseThrow().timeColumn()).isEqualTo("occurred_at");
  }

  @Test
  void rowsThatBreakACheckAreKept() throws Exception {
    table.table().updateProperties().set("orochi.check.few", "n < 10 OR name = 'many'").commit();
    Path file = folder.resolve("check.csv");
    Files.writeString(
        file,
        """
        ts,name,n
        2026-01-01 00:00:00,good,1
        2026-01-01 00:00:01,bad,11
        2026-01-01 00:00:02,many,12
        """);
    run(file, table.deadLetters(PIPELINE), Restarts.NONE);
    assertThat(goodNumbers()).containsExactlyInAnyOrder(1L, 12L);
    assertThat(errors())
        .containsExactly(
            file
                + "|3|null|OROCHI-4003|breaks CHECK \"few\": n < 10 OR name = 'many'"
                + "|2026-01-01 00:00:01,bad,11");
  }

  @Test
  void badJsonLinesAreKept() throws Exception {
    Path file = folder.resolve("bad.jsonl");
    Files.writeString(
        file,
        """
        {"ts":"2026-01-01T00:00:00Z","n":1}
        {"ts":"2026-01-01T00:00:00Z","n":2
        {"ts":"2026-01-01T00:00:00Z","n":"x"}
        {"ts":null,"n":4}
        {"ts":"2026-01-01T00:00:00Z","n":5,"extra":true}
        """);
    run(file, table.deadLetters(PIPELINE), Restarts.NONE);
    assertThat(goodNumbers()).containsExactly(1L);
    assertThat(errors()).hasSize(4).noneMatch(text -> text.contains("|1|"));
    assertThat(errors()).anyMatch(text -> text.endsWith("{\"ts\":null,\"n\":4}"));
  }

  @Test
  void withoutBadRecordsThereIsNoTable() throws Exception {
    Path file = folder.resolve("good.csv");
    Files.writeString(file, "ts,name,n\n2026-01-01 00:00:00,a,1\n");
    run(file, table.deadLetters(PIPELINE), Restarts.NONE);
    assertThat(table.errors()).isEmpty();
  }

  @Test
  void aTableOfThatNameWithOtherColumnsIsLeftAlone() throws Exception {
    table.createErrorsTable(SCHEMA);
    Path file = folder.resolve("bad.csv");
    Files.writeString(file, "ts,name,n\n2026-01-01 00:00:00,a,x\n");
    assertThatThrownBy(() -> run(file, table.deadLetters(PIPELINE), Restarts.NONE))
        .hasStackTraceContaining(
            "OROCHI-3002: Cannot use test.t_errors: its columns are not those of a dead-letter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ingest.before-barrier",
        "ingest.before-notify",
        "commit.before-swap",
        "commit.after-swap"
      })
  void killsLoseAndDoubleNothing(String point) throws Exception {
    Path file = mixed();
    AtomicInteger hits = new AtomicInteger();
    try (Fault.Armed armed = Fault.arm(point, () -> failAt(hits, point, 1, 2))) {
      run(file, table.deadLetters(PIPELINE), Restarts.UNTIL_DONE);
    }
    assertThat(hits.get()).isGreaterThanOrEqualTo(2);
    assertEveryRecordIsThereOnce();
  }

  /** The first swap of a run is that of the dead-letter table, the second that of the table. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aNewJobWithoutStateContinuesBothTables(int swap) throws Exception {
    Path file = mixed();
    diesAfterSwap(file, swap);
    run(file, table.deadLetters(PIPELINE), Restarts.NONE);
    assertEveryRecordIsThereOnce();
  }

  @Test
  void deadLettersDoubleWhenTheirPositionIsForgotten() throws Exception {
    Path file = mixed();
    diesAfterSwap(file, 1);
    run(file, new DeadLetters(table.deadLetters(PIPELINE).table(), Map.of()), Restarts.NONE);
    assertThat(errorLines().size()).isGreaterThan(RECORDS / BAD_EVERY);
  }

  private void diesAfterSwap(Path file, int swap) {
    AtomicInteger hits = new AtomicInteger();
    try (Fault.Armed armed =
        Fault.arm("commit.after-swap", () -> failAt(hits, "commit.after-swap", swap))) {
      assertThatThrownBy(() -> run(file, table.deadLetters(PIPELINE), Restarts.NONE))
          .rootCause()
          .hasMessage("killed at commit.after-swap");
    }
  }

  private static void failAt(AtomicInteger hits, String point, int... at) {
    int hit = hits.incrementAndGet();
    if (IntStream.of(at).anyMatch(n -> n == hit)) {
      throw new IllegalStateException("killed at " + point);
    }
  }

  private void assertEveryRecordIsThereOnce() {
    assertThat(goodNumbers())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, RECORDS)
                .filter(i -> i % BAD_EVERY != 0)
                .mapToObj(Long::valueOf)
                .toList());
    assertThat(errorLines())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, RECORDS)
                .filter(i -> i % BAD_EVERY == 0)
                .mapToObj(i -> i + 2L)
                .toList());
  }

  private Path mixed() throws IOException {
    StringBuilder text = new StringBuilder("ts,name,n\n");
    for (int i = 0; i < RECORDS; i++) {
      text.append("2026-01-01 00:00:00,x,").append(i % BAD_EVERY == 0 ? "bad" : i).append('\n');
    }
    return Files.writeString(folder.resolve("mixed.csv"), text);
  }

  private List<Long> goodNumbers() {
    return table.records("n").stream().map(row -> (Long) row.getField("n")).toList();
  }

  private List<Long> errorLines() {
    return TestingTable.records(table.errors().orElseThrow(), "line_number").stream()
        .map(row -> (Long) row.getField("line_number"))
        .toList();
  }

  private List<String> errors() {
    return TestingTable.records(
            table.errors().orElseThrow(),
            "source_file",
            "line_number",
            "column_name",
            "error_code",
            "message",
            "raw_record")
        .stream()
        .map(DeadLetterITCase::text)
        .toList();
  }

  private static String text(Record row) {
    return "%s|%s|%s|%s|%s|%s"
        .formatted(
            row.getField("source_file"),
            row.getField("line_number"),
            row.getField("column_name"),
            row.getField("error_code"),
            row.getField("message"),
            row.getField("raw_record"));
  }

  private enum Restarts {
    NONE,
    UNTIL_DONE
  }

  private void run(Path file, DeadLetters deadLetters, Restarts restarts) throws Exception {
    IngestConfig config =
        new IngestConfig(PIPELINE, Duration.ofMillis(20), 1, 2, folder.resolve("checkpoints"));
    Configuration settings = IngestJob.configuration(config, Boundedness.BOUNDED);
    if (restarts == Restarts.NONE) {
      settings.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    } else {
      settings.set(
          RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
          Duration.ofMillis(20));
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(settings);
    Map<String, String> positions =
        TableCommitter.lastPosition(table.table(), PIPELINE)
            .map(SourcePosition::splits)
            .orElse(Map.of());
    IngestJob.build(
        environment,
        new FileSource(
            new FileSourceConfig(
                List.of(file.toString()),
                "",
                ROWS,
                CsvFormat.DEFAULT,
                new BadRecords(OnError.DEAD_LETTER, TargetTable.rule(table.table())),
                Duration.ZERO,
                positions)),
        new SourceElementTypeInfo(ROWS),
        table.loader(),
        config,
        deadLetters,
        loaded -> new TableCommitter(loaded, Clock.systemUTC()));
    environment.execute();
  }
}
