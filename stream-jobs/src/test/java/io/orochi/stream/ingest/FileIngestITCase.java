package io.orochi.stream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.connectors.element.SourceElementTypeInfo;
import io.orochi.connectors.file.BadRecords;
import io.orochi.connectors.file.FileSource;
import io.orochi.connectors.file.FileSourceConfig;
import io.orochi.connectors.file.OnError;
import io.orochi.connectors.file.format.CsvFormat;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.ChunkInterval;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.types.Types;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files go into a table once, whatever is wrong with them. */
class FileIngestITCase {
  private static final String PIPELINE = "files";
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.optional(1, "category", Types.StringType.get()),
          Types.NestedField.optional(2, "series", Types.StringType.get()),
          Types.NestedField.required(3, "ts", Types.TimestampType.withZone()),
          Types.NestedField.optional(4, "value", Types.DoubleType.get()));
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
                "ts",
                new ChunkInterval(1, ChunkInterval.Unit.MONTH),
                Distribution.NONE,
                List.of()));
  }

  @AfterEach
  void closeTable() {
    table.close();
  }

  @Test
  void aFileIsLoadedOnceHoweverOftenItIsGiven() throws Exception {
    Path file = csv("a.csv", 1, 1000);
    ingest(OnError.FAIL, file);
    ingest(OnError.FAIL, file);
    assertThat(values()).hasSize(1000);
  }

  @Test
  void onlyTheNewRowsOfAGrownFileAreLoaded() throws Exception {
    Path file = csv("a.csv", 1, 1000);
    ingest(OnError.FAIL, file);
    csv("a.csv", 1, 1500);
    ingest(OnError.FAIL, file);
    assertThat(values()).hasSize(1500).doesNotHaveDuplicates();
  }

  @Test
  void aFileWithAnotherBeginningUnderTheSameNameIsAnotherFile() throws Exception {
    Path file = csv("a.csv", 1, 1000);
    ingest(OnError.FAIL, file);
    csv("a.csv", 5001, 1000);
    ingest(OnError.FAIL, file);
    assertThat(values()).hasSize(2000).doesNotHaveDuplicates();
  }

  @Test
  void aTruncatedFileFailsAndItsRepairedFormIsLoadedOnce() throws Exception {
    byte[] whole = gzip(text(1, 300_000));
    Path file = folder.resolve("a.csv.gz");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> ingest(OnError.FAIL, file))
        .satisfies(
            failure -> {
              OrochiException error = OrochiException.findIn(failure).orElseThrow();
              assertThat(error.code()).isEqualTo(OrochiErrorCode.INPUT_TRUNCATED);
              assertThat(error.summary()).isEqualTo("Cannot read " + file + " to its end");
              assertThat(error.hint()).contains("run the same command again");
            });
    Files.write(file, whole);
    ingest(OnError.FAIL, file);
    assertThat(values()).hasSize(300_000).doesNotHaveDuplicates();
  }

  @Test
  void anInvalidValueIsNamedWithFileLineAndColumn() throws Exception {
    Path file = folder.resolve("bad.csv");
    Files.writeString(
        file,
        "category,series,ts,value\nc,s,2026-01-01 00:00:00,1.5\nc,s,2026-01-01 00:05:00,abc\n");
    assertThatThrownBy(() -> ingest(OnError.FAIL, file))
        .satisfies(
            failure -> {
              OrochiException error = OrochiException.findIn(failure).orElseThrow();
              assertThat(error.code()).isEqualTo(OrochiErrorCode.INPUT_ROW_INVALID);
              assertThat(error.summary()).isEqualTo("Invalid record in " + file + ", line 3");
              assertThat(error.detail()).isEqualTo("Column \"value\": \"abc\" is no DOUBLE");
            });
    assertThat(values()).isEmpty();
  }

  @Test
  void invalidRecordsAreLeftOutWhenAsked() throws Exception {
    Path file = folder.resolve("bad.csv");
    Files.writeString(
        file,
        "category,series,ts,value\nc,s,2026-01-01 00:00:00,1\nc,s,never,2\nc,s\n,,,3\n"
            + "c,s,2026-01-01 00:10:00,4\n");
    ingest(OnError.SKIP, file);
    assertThat(values()).containsExactlyInAnyOrder(1.0, 4.0);
  }

  @Test
  void jsonLinesAreLoaded() throws Exception {
    Path file = folder.resolve("a.jsonl.gz");
    Files.write(
        file,
        gzip(
            """
            {"category":"c","series":"s","ts":"2026-01-01T00:00:00Z","value":1.25}

            {"ts":1767225600000,"value":null}
            """));
    ingest(OnError.FAIL, file);
    assertThat(values()).containsExactlyInAnyOrder(1.25, null);
  }

  @Test
  void theParquetFilesOfATableAreLoaded() throws Exception {
    Path file = csv("a.csv", 1, 5000);
    ingest(OnError.FAIL, file);
    Path copies = Files.createDirectories(folder.resolve("copies"));
    try (var files = Files.walk(folder.resolve("warehouse"))) {
      for (Path parquet : files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
        Files.copy(parquet, copies.resolve(parquet.getFileName()));
      }
    }
    ingest(OnError.FAIL, copies);
    assertThat(values()).hasSize(10_000);
    ingest(OnError.FAIL, copies);
    assertThat(values()).hasSize(10_000);
  }

  @Test
  void aWatchedFolderIsReadAsFilesCome() throws Exception {
    Path in = Files.createDirectories(folder.resolve("in"));
    JobClient job = start(OnError.FAIL, Duration.ofMillis(100), in).executeAsync();
    try {
      csv("in/a.csv", 1, 100);
      awaitRows(100);
      csv("in/b.csv", 101, 100);
      awaitRows(200);
      csv("in/a.csv", 1, 150);
      awaitRows(250);
    } finally {
      job.cancel().get();
    }
  }

  @Test
  void theNabSeriesAreLoadedWhole() throws Exception {
    Path nab = Path.of(System.getProperty("orochi.nab", "../../shared/data/nab/nab_long.csv.gz"));
    Assumptions.assumeTrue(Files.exists(nab), "no NAB data here");
    ingest(OnError.FAIL, nab);
    assertThat(values()).hasSize(365_558);
  }

  private void awaitRows(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(values()).hasSize(count));
  }

  private List<Object> values() {
    return table.records("value").stream().map(FileIngestITCase::value).toList();
  }

  private static Object value(Record record) {
    return record.getField("value");
  }

  private void ingest(OnError onError, Path path) throws Exception {
    start(onError, Duration.ZERO, path).execute();
  }

  private StreamExecutionEnvironment start(OnError onError, Duration watchEvery, Path path) {
    Map<String, String> positions =
        TableCommitter.lastPosition(table.table(), PIPELINE)
            .map(SourcePosition::splits)
            .orElse(Map.of());
    IngestConfig config =
        new IngestConfig(PIPELINE, Duration.ofMillis(200), 2, 2, folder.resolve("checkpoints"));
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(
            IngestJob.configuration(config, Boundedness.BOUNDED));
    IngestJob.build(
        environment,
        new FileSource(
            new FileSourceConfig(
                List.of(path.toString()),
                "",
                ROWS,
                CsvFormat.DEFAULT,
                BadRecords.of(onError),
                watchEvery,
                positions)),
        new SourceElementTypeInfo(ROWS),
        table.loader(),
        config);
    return environment;
  }

  /** Rows with the values from {@code first} on. */
  private Path csv(String name, int first, int count) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text(first, count));
    return file;
  }

  private static String text(int first, int count) {
    StringBuilder text = new StringBuilder("category,series,ts,value\n");
    for (int i = first; i < first + count; i++) {
      text.append("c,\"s,")
          .append(i % 7)
          .append("\",2026-01-01 00:00:00.")
          .append(100_000 + i)
          .append(',')
          .append(i)
          .append(".0\n");
    }
    return text.toString();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
