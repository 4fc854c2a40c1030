package io.orochi.gateway.change;

import static io.orochi.gateway.change.TestingServer.rows;
import static io.orochi.gateway.change.TestingServer.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.fault.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random INSERT, UPDATE, DELETE and MERGE on a table and on a list in memory; {@code
 * -Dorochi.dml.seed} and {@code -Dorochi.dml.steps} choose others.
 */
class RandomChangesITCase {
  private static final long SEED = Long.getLong("orochi.dml.seed", 20240101);
  private static final int STEPS = Integer.getInteger("orochi.dml.steps", 60);

  @TempDir static Path folder;
  private static TestingServer server;

  private Connection session;

  @BeforeAll
  static void start() {
    server = new TestingServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    session = server.connect();
    run(session, "SET 'orochi.execution.engine' = 'kernel'");
  }

  @AfterEach
  void disconnect() throws SQLException {
    session.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aTableIsWhatItsModelIs(int formatVersion) throws Exception {
    String name = "model_v" + formatVersion;
    create(name, formatVersion);
    DmlModel model = new DmlModel(name, SEED);
    for (int i = 1; i <= STEPS; i++) {
      DmlModel.Step step = model.next();
      String told = "seed " + SEED + ", step " + i + ": " + step.sql();
      assertThat(run(session, step.sql())).as(told).isEqualTo(step.changed());
      model.apply(step);
      if (i % 5 == 0) {
        assertThat(contents(name)).as(told).isEqualTo(model.texts());
      }
    }
    assertThat(contents(name)).isEqualTo(model.texts());
    assertThat(asIcebergReads(server.table(name))).isEqualTo(model.texts());
  }

  @ParameterizedTest
  @CsvSource({
    "change.before-publish, false",
    "commit.before-write, false",
    "commit.after-write, false",
    "commit.before-swap, false",
    "commit.after-swap, true",
  })
  void aFaultLeavesAllOrNothingOfAChange(String point, boolean published) throws Exception {
    String name = "fault_" + point.replaceAll("[^a-z]", "_");
    create(name, 3);
    run(
        session,
        "INSERT INTO "
            + name
            + " SELECT TIMESTAMP '2024-01-01 00:00:00', x, x FROM"
            + " (VALUES (1), (2), (3), (4), (5), (6), (7), (8)) AS s(x)");
    String[] changes = {
      "DELETE FROM " + name + " WHERE n = 1",
      "UPDATE " + name + " SET v = 30 WHERE n = 3",
      "MERGE INTO "
          + name
          + " t USING (VALUES (4, 40), (5, 50), (9, 90)) AS s(k, w) ON t.n = s.k"
          + " WHEN MATCHED AND s.w = 40 THEN DELETE WHEN MATCHED THEN UPDATE SET v = s.w"
          + " WHEN NOT MATCHED THEN INSERT VALUES (TIMESTAMP '2024-01-02 00:00:00', s.k, s.w)"
    };
    for (String change : changes) {
      List<String> before = contents(name);
      try (Fault.Armed armed =
          Fault.arm(
              point,
              () -> {
                throw new IllegalStateException("killed at " + point);
              })) {
        assertThatThrownBy(() -> run(session, change)).isInstanceOf(SQLException.class);
      }
      assertThat(contents(name).equals(before)).as(change).isEqualTo(!published);
      assertThat(asIcebergReads(server.table(name))).isEqualTo(contents(name));
      if (!published) {
        run(session, change);
      }
    }
    assertThat(contents(name).stream().map(row -> row.substring(22)).toList())
        .containsExactly("2|2", "3|30", "5|50", "6|6", "7|7", "8|8", "9|90");
  }

  private void create(String name, int formatVersion) throws SQLException {
    run(
        session,
        "CREATE TABLE "
            + name
            + " (ts TIMESTAMP(6) NOT NULL, n INT, v INT) WITH ('orochi.hypertable' = 'ts',"
            + " 'format-version' = '"
            + formatVersion
            + "')");
  }

  private List<String> contents(String table) throws SQLException {
    return rows(session, "SELECT ts, n, v FROM " + table).stream().sorted().toList();
  }

  /** What a reader that is not ours finds. */
  private static List<String> asIcebergReads(Table table) throws IOException {
    List<String> texts = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      for (Record record : records) {
        String ts = record.getField("ts").toString().replace('T', ' ');
        texts.add(ts + ":00.0|" + record.getField("n") + "|" + record.getField("v"));
      }
    }
    return texts.stream().sorted().toList();
  }
}
