package io.orochi.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose data folder lies on a disk that fills up; needs the right to mount a tmpfs. */
class FullDiskITCase {
  @TempDir private Path temp;
  private Path disk;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()),
        "mounting a tmpfs needs root");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "-l", disk.toString());
  }

  @Test
  void aFullDiskIsACodedErrorAndWhatWasCommittedStays() throws Exception {
    try (OrochiCluster cluster = OrochiCluster.start(disk);
        Connection session = cluster.flight()) {
      Sql.run(session, "CREATE TABLE t (a INT, s STRING)");
      Sql.run(session, "INSERT INTO t VALUES (1, 'kept'), (2, 'kept')");
      Path ballast = disk.resolve("ballast");
      fill(ballast);

      String message = failureOf(session, "INSERT INTO t VALUES (3, 'lost')");

      assertThat(message).containsPattern("OROCHI-\\d{4}").contains("HINT: ");
      assertThat(message).containsIgnoringCase("space");
      assertThat(Sql.rows(session, "SELECT COUNT(*), SUM(a) FROM t")).containsExactly("2 | 3");

      Files.delete(ballast);
      Sql.run(session, "INSERT INTO t VALUES (4, 'after')");
      assertThat(Sql.rows(session, "SELECT COUNT(*), SUM(a) FROM t")).containsExactly("3 | 7");
    }
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[4096];
    try (var out = Files.newOutputStream(file)) {
      while (file.toFile().getUsableSpace() > 0) {
        out.write(block);
      }
    }
  }

  private static String failureOf(Connection session, String sql) {
    try {
      Sql.run(session, sql);
      return "no failure";
    } catch (Exception e) {
      return Sql.messages(e);
    }
  }

  private static boolean run(String... line) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(line).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
