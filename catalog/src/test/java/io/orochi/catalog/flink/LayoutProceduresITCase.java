package io.orochi.catalog.flink;

import static io.orochi.catalog.flink.OrochiCatalogITCase.assertThatOrochiError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.delete.RowDeletes;
import io.orochi.table.digest.DigestingFileIO;
import io.orochi.table.fault.Fault;
import io.orochi.table.layout.Shard;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutProceduresITCase {
  private static final String MIGRATE =
      "CALL sys.create_hypertable(relation => 't', time_column => 'ts', migrate_data => true)";

  @TempDir private Path folder;
  private TestingSession session;

  @BeforeEach
  void createTableWithRows() {
    session = new TestingSession(folder);
    fill("CREATE TABLE t (ts TIMESTAMP(6), host STRING, v INT)");
  }

  private void fill(String createTable) {
    session.run(createTable);
    session.run(
        "INSERT INTO t VALUES (TIMESTAMP '2024-01-01 01:00:00', 'a', 1),"
            + " (TIMESTAMP '2024-01-02 01:00:00', 'b', 2), (CAST(NULL AS TIMESTAMP(6)), 'n', 3)");
    session.run("INSERT INTO t VALUES (TIMESTAMP '2024-01-02 02:00:00', 'a', 4)");
  }

  @Test
  void rowsMoveIntoChunksAndShardsAndBack() throws Exception {
    assertThat(session.run(MIGRATE)).containsExactly("+I[t, ts, 1 d, true, 4]");
    assertThat(session.run("CALL sys.create_distributed_table('t', 'host', 4)")).hasSize(3);
    for (FileScanTask task : files()) {
      DataFile file = task.file();
      assertThat(file.specId()).isEqualTo(table().spec().specId());
    }
    int shard = Shard.of(Types.StringType.get(), "a", 4).number();
    assertThat(session.run("CALL sys.get_shard_for_value('t', 'a')"))
        .containsExactly("+I[t, host, " + shard + "]");
    assertThat(session.run("CALL sys.merge_chunks('t', '1 month')")).hasSize(2);
    assertThat(session.run("CALL sys.undistribute_table('t')")).hasSize(2);
    assertThat(session.run("SELECT host, v FROM t ORDER BY v"))
        .containsExactly("+I[a, 1]", "+I[b, 2]", "+I[n, 3]", "+I[a, 4]");
  }

  @Test
  void anInterruptedMigrationGoesOnWhereItStopped() throws Exception {
    session.run(MIGRATE);
    AtomicInteger steps = new AtomicInteger();
    try (Fault.Armed armed =
        Fault.arm(
            "layout.before-step",
            () -> {
              if (steps.incrementAndGet() == 3) {
                throw new IllegalStateException("killed here");
              }
            })) {
      assertThatThrownBy(() -> session.run("CALL sys.create_distributed_table('t', 'host', 4)"))
          .hasStackTraceContaining("killed here");
    }
    assertThat(session.run("SELECT COUNT(*), SUM(v) FROM t")).containsExactly("+I[4, 10]");
    assertThat(session.run("CALL sys.create_distributed_table('t', 'host', 4)")).hasSize(1);
    assertThat(session.run("SELECT COUNT(*), SUM(v) FROM t")).containsExactly("+I[4, 10]");
    assertThat(session.run("CALL sys.create_distributed_table('t', 'host', 4)"))
        .containsExactly("+I[t, day(ts), bucket[4](host), null, 0, 0, 0, true]");
  }

  @ParameterizedTest(name = "format version {0}")
  @ValueSource(strings = {"2", "3"})
  void whatWasDeletedStaysDeleted(String formatVersion) throws Exception {
    session.run("DROP TABLE t");
    fill(
        "CREATE TABLE t (ts TIMESTAMP(6), host STRING, v INT)"
            + " WITH ('format-version' = '"
            + formatVersion
            + "')");
    Table table = table();
    for (FileScanTask task : files()) {
      if (task.file().recordCount() == 3) {
        RowDeletes deletes = new RowDeletes(table, List.of(task));
        deletes.add(0, 1);
        RowDeletes.Files written = deletes.write(new DigestingFileIO(table.io()));
        RowDelta delta = table.newRowDelta();
        written.added().forEach(delta::addDeletes);
        delta.commit();
      }
    }
    List<String> left = session.run("SELECT v FROM t ORDER BY v");
    assertThat(left).hasSize(3);
    session.run(MIGRATE);
    session.run("CALL sys.create_distributed_table('t', 'host', 4)");
    assertThat(session.run("SELECT v FROM t ORDER BY v")).isEqualTo(left);
  }

  @Test
  void aFormatVersionNeverGoesBack() {
    assertThatOrochiError(() -> session.run("ALTER TABLE t SET ('format-version' = '2')"))
        .hasMessageContaining("Cannot downgrade v3 table to v2")
        .hasMessageContaining("default.t");
  }

  @Test
  void aDryRunChangesNothing() {
    String before = session.run("SHOW CREATE TABLE t").get(0);
    assertThat(
            session.run(
                "CALL sys.create_distributed_table(relation => 't', distribution_column => 'host',"
                    + " dry_run => true)"))
        .singleElement()
        .asString()
        .startsWith("+I[t, bucket[32](host), null, 2, 4, ")
        .endsWith("false]");
    assertThat(session.run("SHOW CREATE TABLE t").get(0)).isEqualTo(before);
  }

  @Test
  void coLocatedTablesChangeTogetherOrPart() {
    session.run("CALL sys.create_distributed_table('t', 'host', 4)");
    session.run("CREATE TABLE u (host STRING, w INT)");
    assertThatOrochiError(
            () ->
                session.run(
                    "CALL sys.create_distributed_table(relation => 'u', distribution_column => 'w',"
                        + " colocate_with => 't')"))
        .hasMessageContaining("Cannot co-locate orochi.default.u with orochi.default.t");
    session.run(
        "CALL sys.create_distributed_table(relation => 'u', distribution_column => 'host',"
            + " colocate_with => 't')");
    assertThatOrochiError(
            () ->
                session.run("CALL sys.alter_distributed_table(relation => 't', shard_count => 2)"))
        .hasMessageContaining("Cannot alter a co-located table alone: t")
        .hasMessageContaining("default.u");
    session.run(
        "CALL sys.alter_distributed_table(relation => 't', shard_count => 2,"
            + " cascade_to_colocated => true)");
    for (String name : List.of("t", "u")) {
      assertThat(session.run("SHOW CREATE TABLE " + name).get(0)).contains("INTO 2 BUCKETS");
    }
  }

  @Test
  void refusalsNameTheRule() {
    assertThatOrochiError(() -> session.run("CALL sys.merge_chunks('t', '1 month')"))
        .hasMessageContaining("OROCHI-3007");
    assertThatOrochiError(() -> session.run("CALL sys.get_shard_for_value('t', 'a')"))
        .hasMessageContaining("Cannot find shards of a table that is not distributed: t");
    assertThatOrochiError(() -> session.run("CALL sys.create_distributed_table('t', 'host', 2000)"))
        .hasMessageContaining("A table has 1 to 1024 shards.");
    session.run(MIGRATE);
    assertThatOrochiError(() -> session.run("CALL sys.set_chunk_interval('t', '1 h')"))
        .hasMessageContaining("Cannot cut chunks of t finer without moving rows");
    assertThatOrochiError(() -> session.run("CALL sys.create_reference_table('t')"))
        .hasMessageContaining("Cannot make a reference table of a hypertable: t");
    session.run("CALL sys.add_dimension('t', 'host', 2)");
    assertThatOrochiError(() -> session.run("CALL sys.add_dimension('t', 'v', 2)"))
        .hasMessageContaining("Cannot add a second dimension of hashes");
  }

  private Table table() {
    return session.catalog().icebergCatalog().loadTable(TableIdentifier.of("default", "t"));
  }

  private List<FileScanTask> files() throws Exception {
    try (CloseableIterable<FileScanTask> tasks = table().newScan().planFiles()) {
      return StreamSupport.stream(tasks.spliterator(), false).toList();
    }
  }
}
