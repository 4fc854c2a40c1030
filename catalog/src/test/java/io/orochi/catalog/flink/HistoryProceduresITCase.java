package io.orochi.catalog.flink;

import static io.orochi.catalog.flink.OrochiCatalogITCase.assertThatOrochiError;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags, branches, rollback, expiry, checks and repairs through SQL. */
class HistoryProceduresITCase {
  @TempDir private Path folder;
  private TestingSession session;

  @BeforeEach
  void openSession() {
    session = new TestingSession(folder);
    session.run("CREATE TABLE t (a INT)");
    session.run("INSERT INTO t VALUES (1)");
    session.run("INSERT INTO t VALUES (2)");
  }

  private Table table() {
    return session.catalog().icebergCatalog().loadTable(TableIdentifier.of("default", "t"));
  }

  private Path newestDataFile() throws IOException {
    try (CloseableIterable<FileScanTask> tasks = table().newScan().planFiles()) {
      FileScanTask newest = null;
      for (FileScanTask task : tasks) {
        if (newest == null
            || task.file().fileSequenceNumber() > newest.file().fileSequenceNumber()) {
          newest = task;
        }
      }
      return path(newest.file().location());
    }
  }

  private static Path path(String location) {
    return Path.of(location.replaceFirst("^file:(//)?", ""));
  }

  private static void flipBit(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void tagsAndBranchesAreCreatedMovedAndDropped() {
    long first = table().history().get(0).snapshotId();
    long second = table().currentSnapshot().snapshotId();
    assertThat(session.run("CALL sys.create_tag('t', 'v1', " + first + ")"))
        .containsExactly("+I[v1, " + first + "]");
    assertThat(session.run("CALL sys.create_branch('t', 'b', " + first + ")"))
        .containsExactly("+I[b, " + first + "]");
    assertThatOrochiError(() -> session.run("CALL sys.create_branch('t', 'v1')"))
        .hasMessageContaining("OROCHI-1410: Cannot create branch v1: the name is taken");
    assertThatOrochiError(() -> session.run("CALL sys.create_tag('t', 'x', 42)"))
        .hasMessageContaining("OROCHI-1408: Cannot find snapshot 42");
    assertThat(session.run("CALL sys.fast_forward('t', 'b', 'main')"))
        .containsExactly("+I[b, " + second + "]");
    assertThatOrochiError(() -> session.run("CALL sys.drop_tag('t', 'v2')"))
        .hasMessageContaining("OROCHI-1409: Cannot find tag v2")
        .hasMessageContaining("v1");
    assertThatOrochiError(() -> session.run("CALL sys.drop_branch('t', 'main')"))
        .hasMessageContaining("Cannot drop branch main");
    session.run("CALL sys.drop_tag('t', 'v1')");
    session.run("CALL sys.drop_branch('t', 'b')");
    assertThat(table().refs()).containsOnlyKeys("main");
  }

  @Test
  void aTableIsRolledBackBySnapshotTimeAndTag() {
    long first = table().history().get(0).snapshotId();
    long second = table().currentSnapshot().snapshotId();
    session.run("CALL sys.create_tag('t', 'v1', " + first + ")");
    assertThat(session.run("CALL sys.rollback_to(relation => 't', tag => 'v1', dry_run => true)"))
        .containsExactly("+I[" + second + ", " + first + "]");
    assertThat(session.run("SELECT COUNT(*) FROM t")).containsExactly("+I[2]");
    session.run("CALL sys.rollback_to(relation => 't', tag => 'v1')");
    assertThat(session.run("SELECT a FROM t")).containsExactly("+I[1]");
    assertThatOrochiError(
            () ->
                session.run("CALL sys.rollback_to(relation => 't', snapshot_id => " + second + ")"))
        .hasMessageContaining("Cannot roll back to snapshot " + second);
    assertThatOrochiError(() -> session.run("CALL sys.rollback_to('t')"))
        .hasMessageContaining("Invalid arguments of sys.rollback_to");
    assertThatOrochiError(
            () -> session.run("CALL sys.rollback_to(relation => 't', as_of => '2001-01-01')"))
        .hasMessageContaining("OROCHI-1408")
        .hasMessageContaining("The oldest is " + first);
  }

  @Test
  void timeBeforeTheFirstSnapshotNamesTheOldest() {
    assertThatOrochiError(
            () ->
                session.run(
                    "SELECT a FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2001-01-01 00:00:00'"))
        .hasMessageContaining("OROCHI-1408")
        .hasMessageContaining("it holds no snapshot so old")
        .hasMessageContaining("The oldest is " + table().history().get(0).snapshotId());
  }

  @Test
  void expiryKeepsWhatIsCurrentOrTagged() {
    long first = table().history().get(0).snapshotId();
    session.run("INSERT INTO t VALUES (3)");
    session.run("CALL sys.create_tag('t', 'v1', " + first + ")");
    String call = "CALL sys.expire_snapshots(relation => 't', older_than => '2999-01-01'";
    assertThat(session.run(call + ", dry_run => true)")).hasSize(1);
    assertThat(table().snapshots()).hasSize(3);
    assertThat(session.run(call + ")")).hasSize(1);
    assertThat(table().snapshot(first)).isNotNull();
    assertThat(session.run("SELECT SUM(a) FROM t")).containsExactly("+I[6]");
    assertThat(session.run("CALL sys.check_table('t', true)"))
        .singleElement()
        .asString()
        .contains("info, 3 files read, 0 of them have no digest.");
    assertThatOrochiError(
            () -> session.run("CALL sys.expire_snapshots(relation => 't', retain_last => 0)"))
        .hasMessageContaining("Invalid value for retain_last: 0");
  }

  @Test
  void aSoundTableHasNothingToRepair() {
    assertThat(session.run("CALL sys.check_table('t', true)"))
        .singleElement()
        .asString()
        .contains("info, 2 files read, 0 of them have no digest.");
    assertThat(session.run("CALL sys.repair_table('t', 'drop_files')")).isEmpty();
    assertThat(session.run("CALL sys.repair_table('t', 'rollback')")).isEmpty();
    assertThatOrochiError(() -> session.run("CALL sys.repair_table('t', 'magic')"))
        .hasMessageContaining("Invalid value for mode: 'magic'");
  }

  @Test
  void aDamagedFileIsFoundKeptAsideAndDropped() throws IOException {
    Path file = newestDataFile();
    flipBit(file);
    assertThat(session.run("CALL sys.check_table('t', false)")).noneMatch(r -> r.contains("error"));
    assertThat(session.run("CALL sys.check_table('t', true)"))
        .anyMatch(row -> row.contains(file.getFileName() + ", data, error"));
    assertThat(session.run("CALL sys.repair_table('t', 'drop_files', true)"))
        .singleElement()
        .asString()
        .contains(file.getFileName() + ", data, dropped, 1, ");
    assertThat(session.run("CALL sys.check_table('t', true)")).anyMatch(r -> r.contains("error"));
    List<String> losses = session.run("CALL sys.repair_table('t', 'drop_files')");
    String kept = losses.get(0).replaceAll(".*, ", "").replace("]", "");
    assertThat(path(kept)).hasSameBinaryContentAs(file);
    assertThat(session.run("CALL sys.check_table('t', true)")).noneMatch(r -> r.contains("error"));
    assertThat(session.run("SELECT a FROM t")).containsExactly("+I[1]");
  }

  @Test
  void aDamagedManifestListIsRolledBack() throws IOException {
    Path list = path(table().currentSnapshot().manifestListLocation());
    flipBit(list);
    assertThat(session.run("CALL sys.check_table('t', false)"))
        .anyMatch(row -> row.contains(list.getFileName() + ", manifest list, error"));
    assertThatOrochiError(() -> session.run("CALL sys.repair_table('t', 'drop_files')"))
        .hasMessageContaining("OROCHI-1203: Cannot drop single files");
    assertThat(session.run("CALL sys.repair_table('t', 'rollback')"))
        .anyMatch(row -> row.contains("snapshot, append undone, 1, "));
    assertThat(session.run("SELECT a FROM t")).containsExactly("+I[1]");
  }

  @Test
  void aDamagedMetadataFileIsRolledBackToTheOneBefore() throws IOException {
    String location =
        session.catalog().icebergCatalog().metadataLocation(TableIdentifier.of("default", "t"));
    flipBit(path(location));
    assertThat(session.run("CALL sys.check_table('t', false)"))
        .singleElement()
        .asString()
        .contains("metadata, error, OROCHI-1203: Cannot trust metadata file");
    assertThat(session.run("CALL sys.repair_table('t', 'rollback', true)"))
        .singleElement()
        .asString()
        .contains("metadata, rolled back to ");
    session.run("CALL sys.repair_table('t', 'rollback')");
    assertThat(session.run("SELECT a FROM t")).containsExactly("+I[1]");
    assertThat(path(location)).exists();
  }

  private List<Path> metadataFiles(int version) throws IOException {
    Path folder = path(table().location()).resolve("metadata");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("%05d-".formatted(version)))
          .toList();
    }
  }

  /** As a commit leaves it that lost its race. */
  private Path copyOfVersion(int version) throws IOException {
    Path original = metadataFiles(version).get(0);
    String name = original.getFileName().toString().replaceFirst("-[0-9a-f]{8}-", "-ffffffff-");
    return Files.copy(original, original.resolveSibling(name));
  }

  @Test
  void ofTwoMetadataFilesOfOneVersionTheOneThatWasCommittedComesBack() throws IOException {
    Path committed = metadataFiles(1).get(0);
    copyOfVersion(1);
    flipBit(metadataFiles(2).get(0));
    assertThat(session.run("CALL sys.repair_table('t', 'rollback')"))
        .singleElement()
        .asString()
        .contains("rolled back to " + committed.getFileName());
    assertThat(session.run("SELECT a FROM t")).containsExactly("+I[1]");
  }

  @Test
  void aRollbackIsRefusedWhereItCannotBeToldWhichFileWasCommitted() throws IOException {
    copyOfVersion(0);
    flipBit(metadataFiles(1).get(0));
    flipBit(metadataFiles(2).get(0));
    assertThatOrochiError(() -> session.run("CALL sys.repair_table('t', 'rollback')"))
        .hasMessageContaining("OROCHI-1203: Cannot roll back table default.t")
        .hasMessageContaining("cannot be told");
  }

  @Test
  void aLaterFileTellsWhichOfTwoOlderOnesWasCommitted() throws IOException {
    session.run("INSERT INTO t VALUES (3)");
    Path committed = metadataFiles(1).get(0);
    copyOfVersion(1);
    // an orphan of version 2 still names the file before it
    copyOfVersion(2);
    flipBit(metadataFiles(3).get(0));
    Path second =
        metadataFiles(2).stream().filter(f -> !f.toString().contains("-ffff")).toList().get(0);
    flipBit(second);
    assertThat(session.run("CALL sys.repair_table('t', 'rollback')"))
        .singleElement()
        .asString()
        .contains("rolled back to " + committed.getFileName());
  }
}
