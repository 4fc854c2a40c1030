package io.orochi.faults.killed;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.cluster.KillableServer;
import io.orochi.cluster.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server is killed at each step of a commit with every kind of change in its hands. The next one
 * finds each change done or not begun, as the step tells, with each row and no file too many.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledServerITCase {
  private static final int ROWS = 60;

  @TempDir private static Path folder;

  private final Map<Victim, List<String>> done = new EnumMap<>(Victim.class);
  private final Map<String, Map<Victim, List<String>>> begun = new HashMap<>();
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private KillableServer server;
  private OrochiIcebergCatalog catalog;

  @BeforeAll
  void start() throws Exception {
    server = new KillableServer(folder, Kill.POINTS);
    server.start();
    catalog = OrochiIcebergCatalog.open(CatalogConfig.of(DataFolder.open(server.dataFolder())));
    try (Connection session = database("model")) {
      for (Victim victim : Victim.values()) {
        create(session, victim);
        victim.run(session, "model");
        done.put(victim, victim.state(session));
      }
    }
  }

  /** An earlier test may have failed between death and birth. */
  @BeforeEach
  void startAgain() throws Exception {
    if (!server.isAlive()) {
      server.start();
    }
  }

  @AfterAll
  void stop() throws Exception {
    clients.shutdownNow();
    if (catalog != null) {
      catalog.close();
    }
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Kill.class)
  void aChangeIsWholeOrNotThere(Kill kill) throws Exception {
    Map<Victim, List<String>> before = begin(kill);
    die(kill);
    server.start();

    lookAfter(kill, before);
  }

  @Test
  void aServerKilledWhileItCleansUpIsCleanedUpAfter() throws Exception {
    Kill kill = Kill.WITH_METADATA_FILES;
    Map<Victim, List<String>> before = begin(kill);
    die(kill);
    assertThat(StoredFiles.of(catalog, warehouse(), kill.database()).orphans())
        .hasSizeGreaterThan(10);
    server.startAndDie(1, "files.before-delete");
    server.start();

    lookAfter(kill, before);
  }

  /** Where nothing is to be left, all kills share their tables. */
  private Map<Victim, List<String>> begin(Kill kill) throws SQLException {
    Map<Victim, List<String>> known = begun.get(kill.database());
    if (known != null) {
      return known;
    }
    Set<Victim> victims =
        kill.left() == Kill.Left.NOTHING ? EnumSet.allOf(Victim.class) : kill.victims();
    Map<Victim, List<String>> before = new EnumMap<>(Victim.class);
    try (Connection session = database(kill.database())) {
      for (Victim victim : victims) {
        create(session, victim);
        before.put(victim, victim.state(session));
      }
    }
    begun.put(kill.database(), before);
    return before;
  }

  private void die(Kill kill) throws Exception {
    String database = kill.database();
    Map<Victim, Connection> sessions = new EnumMap<>(Victim.class);
    for (Victim victim : kill.victims()) {
      sessions.put(victim, session(database));
    }
    server.kill(kill.threads(), kill.points().toArray(String[]::new));
    for (Victim victim : kill.victims()) {
      Connection session = sessions.get(victim);
      clients.submit(
          () -> {
            victim.run(session, database);
            return null;
          });
    }
    server.awaitDeath();
  }

  private void lookAfter(Kill kill, Map<Victim, List<String>> before) throws Exception {
    String database = kill.database();
    try (Connection session = session(database)) {
      for (Victim victim : kill.victims()) {
        List<String> state = victim.state(session);
        switch (kill.left()) {
          case NOTHING -> assertThat(state).as("%s", victim).isEqualTo(before.get(victim));
          case ALL -> assertThat(state).as("%s", victim).isEqualTo(done.get(victim));
          case ALL_OR_NOTHING ->
              assertThat(state).as("%s", victim).isIn(before.get(victim), done.get(victim));
        }
      }
      for (String table : Sql.rows(session, "SHOW TABLES")) {
        assertThat(
                Sql.rows(session, "CALL sys.check_table('" + database + "." + table + "', true)"))
            .as(table)
            .isNotEmpty()
            .noneMatch(row -> row.contains("error"));
      }
      StoredFiles files = StoredFiles.of(catalog, warehouse(), database);
      assertThat(files.missing()).isEmpty();
      assertThat(files.orphans()).isEmpty();
      assertThat(journals()).isEmpty();
      if (kill.left() != Kill.Left.NOTHING && kill.victims().contains(Victim.DISTRIBUTE)) {
        Victim.DISTRIBUTE.run(session, database);
        assertThat(Victim.DISTRIBUTE.state(session)).isEqualTo(done.get(Victim.DISTRIBUTE));
        assertThat(filesOfOtherSpecs(database)).isZero();
      }
    }
  }

  private long filesOfOtherSpecs(String database) throws IOException {
    Table table = catalog.loadTable(TableIdentifier.of(database, "g"));
    long others = 0;
    try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
      for (FileScanTask file : files) {
        others += file.file().specId() == table.spec().specId() ? 0 : 1;
      }
    }
    return others;
  }

  private List<Path> journals() throws IOException {
    Path journals = DataFolder.open(server.dataFolder()).transactions();
    try (Stream<Path> files = Files.exists(journals) ? Files.list(journals) : Stream.empty()) {
      return files.toList();
    }
  }

  private Path warehouse() {
    return catalog.config().localWarehouse().orElseThrow();
  }

  private Connection session(String database) throws SQLException {
    Connection session = server.flight();
    Sql.run(session, "SET 'orochi.execution.engine' = 'kernel'");
    Sql.run(session, "USE " + database);
    return session;
  }

  /** A session in a new database with rows to copy. */
  private Connection database(String database) throws SQLException {
    try (Connection first = server.flight()) {
      Sql.run(first, "CREATE DATABASE " + database);
    }
    Connection session = session(database);
    Sql.run(session, "CREATE TABLE source (id INT, v INT, s STRING)");
    StringBuilder rows = new StringBuilder();
    for (int id = 0; id < ROWS; id++) {
      rows.append(id == 0 ? "" : ", ").append("(%d, %d, 's%d')".formatted(id * 2, id * 10, id));
    }
    Sql.run(session, "INSERT INTO source VALUES " + rows);
    return session;
  }

  /** Two files, one with deleted rows. */
  private static void create(Connection session, Victim victim) throws SQLException {
    for (String table : victim.tables()) {
      Sql.run(session, "CREATE TABLE " + table + " AS SELECT id / 2 AS id, v, s FROM source");
      Sql.run(session, "INSERT INTO " + table + " SELECT id / 2 + 60, v + 1, s FROM source");
      Sql.run(session, "DELETE FROM " + table + " WHERE id IN (7, 11)");
    }
  }
}
