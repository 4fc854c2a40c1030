package io.orochi.catalog.flink;

import static io.orochi.catalog.flink.OrochiCatalogITCase.assertThatOrochiError;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProceduresITCase {
  @TempDir private Path folder;
  private TestingSession session;

  @BeforeEach
  void openSession() {
    session = new TestingSession(folder);
    session.run("CREATE TABLE t (ts TIMESTAMP_LTZ(6), v INT)");
  }

  @Test
  void aTableBecomesAHypertable() {
    assertThat(session.run("CALL sys.create_hypertable('t', 'ts', INTERVAL '6' HOUR)"))
        .containsExactly("+I[t, ts, 6 h, true, 0]");
    session.run("INSERT INTO t VALUES (TO_TIMESTAMP_LTZ(1763683200000, 3), 1)");
    assertThat(session.run("CALL sys.show_chunks('t')"))
        .singleElement()
        .asString()
        .startsWith("+I[2025-11-21T00, 2025-11-21T00:00:00Z, 2025-11-21T06:00:00Z, 1, 1, ");
    assertThat(session.run("CALL sys.show_chunks(relation => 't', newer_than => '2025-11-22')"))
        .isEmpty();
    assertThat(session.run("CALL sys.show_chunks('t', '1 h')")).hasSize(1);
  }

  @Test
  void namedArgumentsMayComeInAnyOrder() {
    assertThat(
            session.run(
                "CALL sys.create_hypertable(time_column => 'ts', relation => 'default.t',"
                    + " chunk_interval => INTERVAL '7' DAY)"))
        .containsExactly("+I[default.t, ts, 7 d, true, 0]");
    assertThatOrochiError(() -> session.run("CALL sys.create_hypertable('t', 'ts')"))
        .hasMessageContaining("OROCHI-3008: Cannot cut a hypertable again");
    assertThat(session.run("CALL sys.create_hypertable('t', 'ts', CAST(NULL AS STRING), true)"))
        .containsExactly("+I[t, ts, 7 d, false, 0]");
  }

  @Test
  void aTableWithRowsIsRefused() {
    session.run("INSERT INTO t VALUES (TO_TIMESTAMP_LTZ(0, 3), 1)");
    assertThatOrochiError(() -> session.run("CALL sys.create_hypertable('t', 'ts')"))
        .hasMessageContaining("Cannot cut a table that holds rows");
    assertThat(
            session.run(
                "CALL sys.create_hypertable(relation => 't', time_column => 'ts', migrate_data => true)"))
        .containsExactly("+I[t, ts, 1 d, true, 1]");
  }

  @Test
  void mistakesAreNamed() {
    assertThatOrochiError(() -> session.run("CALL sys.create_hypertable('u', 'ts')"))
        .hasMessageContaining("OROCHI-3001: Cannot find relation: u");
    assertThatOrochiError(() -> session.run("CALL sys.create_hypertable('t', 'tz')"))
        .hasMessageContaining("Cannot find column: tz");
    assertThatOrochiError(() -> session.run("CALL sys.create_hypertable('t', 'v')"))
        .hasMessageContaining("Cannot use column as time column: v");
    assertThatOrochiError(() -> session.run("CALL sys.show_chunks('t')"))
        .hasMessageContaining("OROCHI-3007: Cannot find chunks of a table that is not");
    assertThatOrochiError(() -> session.run("CALL sys.show_chunk('t')"))
        .hasMessageContaining("OROCHI-3005: Unknown procedure: sys.show_chunk")
        .hasMessageContaining("Did you mean show_chunks?");
  }

  @Test
  void helpTellsAboutEveryArgument() {
    assertThat(session.run("CALL sys.help()")).hasSizeGreaterThan(2);
    assertThat(session.run("CALL sys.help('show_chunks')"))
        .anyMatch(row -> row.startsWith("+I[older_than, STRING, optional, Only chunks"));
    assertThatOrochiError(() -> session.run("CALL sys.help(name => 'show')"))
        .hasMessageContaining("Unknown procedure: sys.show");
    assertThat(session.run("SHOW PROCEDURES FROM sys")).contains("+I[help]");
  }
}
