package io.orochi.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many sessions append, delete, compact and change the schema of one table at once. Each writer
 * knows which rows it must find afterwards; a statement that was refused must have done nothing. A
 * longer run: {@code -Dorochi.test.seconds=600} for each number of writers.
 */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConcurrentChangesITCase {
  private static final int SECONDS = Integer.getInteger("orochi.test.seconds", 10);

  private final OrochiCluster cluster;

  ConcurrentChangesITCase(OrochiCluster cluster) {
    this.cluster = cluster;
  }

  @ParameterizedTest(name = "{0} writers")
  @ValueSource(ints = {8, 16, 32})
  void nothingIsLostAndNothingDangles(int count) throws Exception {
    String database = "writers" + count;
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE DATABASE " + database);
      Sql.run(session, "USE " + database);
      Sql.run(
          session,
          "CREATE TABLE t (ts TIMESTAMP(6), writer INT, id INT) WITH ('orochi.hypertable' = 'ts',"
              + " 'orochi.chunk-interval' = '1 h', 'format-version' = '3')");
    }
    List<ConcurrentWriter> writers = run(database, count);

    List<String> expected = new ArrayList<>();
    Set<String> columns = new TreeSet<>();
    for (ConcurrentWriter writer : writers) {
      writer.rows().forEach(id -> expected.add(writer.number() + " | " + id));
      columns.addAll(writer.columns());
    }
    try (Connection session = cluster.flight()) {
      Sql.run(session, "USE " + database);
      assertThat(Sql.rows(session, "SELECT writer, id FROM t"))
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(Sql.rows(session, "CALL sys.check_table('t', true)"))
          .isNotEmpty()
          .noneMatch(row -> row.contains("error"));
    }
    Table table = cluster.table(database, "t");
    assertThat(expected).isNotEmpty();
    for (String column : columns) {
      assertThat(table.schema().findField(column)).as(column).isNotNull();
    }
    assertThat(dataFiles(database)).isEqualTo(referenced(table));
  }

  private List<ConcurrentWriter> run(String database, int count) throws Exception {
    long deadline = System.nanoTime() + SECONDS * 1_000_000_000L;
    ExecutorService threads = Executors.newFixedThreadPool(count);
    List<ConcurrentWriter> writers = new ArrayList<>();
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ConcurrentWriter writer = new ConcurrentWriter(i);
        writers.add(writer);
        running.add(
            threads.submit(
                () -> {
                  try (Connection session = open(database)) {
                    writer.run(session, deadline);
                  }
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    return writers;
  }

  private Connection open(String database) throws SQLException {
    Connection session = cluster.flight();
    Sql.run(session, "USE " + database);
    return session;
  }

  private Set<String> dataFiles(String database) throws IOException {
    Path data =
        cluster
            .catalogConfig()
            .localWarehouse()
            .orElseThrow()
            .resolve(database)
            .resolve("t")
            .resolve("data");
    try (Stream<Path> files = Files.walk(data)) {
      Set<String> names = new TreeSet<>();
      files.filter(Files::isRegularFile).forEach(file -> names.add(file.getFileName().toString()));
      names.removeIf(name -> name.endsWith(".crc"));
      return names;
    }
  }

  /** By any snapshot; each manifest is read once. */
  private static Set<String> referenced(Table table) throws IOException {
    Set<String> names = new TreeSet<>();
    Set<String> read = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        if (read.add(manifest.path())) {
          names.addAll(contents(manifest, table));
        }
      }
    }
    return names;
  }

  private static Set<String> contents(ManifestFile manifest, Table table) throws IOException {
    Set<String> names = new TreeSet<>();
    try (ManifestReader<? extends ContentFile<?>> reader =
        manifest.content() == ManifestContent.DATA
            ? ManifestFiles.read(manifest, table.io(), table.specs())
            : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
      for (ContentFile<?> file : reader) {
        names.add(file.location().substring(file.location().lastIndexOf('/') + 1));
      }
    }
    return names;
  }
}
