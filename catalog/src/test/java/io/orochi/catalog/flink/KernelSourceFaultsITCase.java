package io.orochi.catalog.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong, or changes, while or before the kernel reads inside Flink's tasks. */
class KernelSourceFaultsITCase {
  @RegisterExtension static final MiniClusterExtension CLUSTER = TestingSession.cluster();

  @TempDir private Path folder;
  private TestingSession session;

  @BeforeEach
  void start() {
    session = new TestingSession(folder);
    session.run("CREATE DATABASE db");
    session.environment().useDatabase("db");
    session.run("CREATE TABLE t (i INT, s STRING)");
    session.run("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    session.run("INSERT INTO t VALUES (4, 'd'), (5, 'e'), (6, 'f')");
  }

  /** Fails the first time it sees the row 5, as a machine would that dies there. */
  public static final class FailsOnce extends ScalarFunction {
    static final AtomicInteger FAILURES = new AtomicInteger();

    @Override
    public boolean isDeterministic() {
      return false;
    }

    public Integer eval(Integer value) {
      if (Integer.valueOf(5).equals(value) && FAILURES.getAndIncrement() == 0) {
        throw new IllegalStateException("the task dies");
      }
      return value;
    }
  }

  @Test
  void aTaskThatDiesInTheMiddleIsReadAgainOnce() {
    session.environment().createTemporarySystemFunction("fails_once", FailsOnce.class);
    session.environment().getConfig().set("restart-strategy.type", "fixed-delay");
    session.environment().getConfig().set("restart-strategy.fixed-delay.attempts", "3");
    session.environment().getConfig().set("restart-strategy.fixed-delay.delay", "10 ms");
    FailsOnce.FAILURES.set(0);
    assertThat(session.run("SELECT COUNT(*), SUM(fails_once(i)) FROM t"))
        .containsExactly("+I[6, 21]");
    assertThat(FailsOnce.FAILURES.get()).isEqualTo(2);
  }

  @Test
  void aFlippedBitFailsTheQueryNamingTheFile() throws IOException {
    Path file = dataFiles().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 4;
    Files.write(file, bytes);
    OrochiException failure =
        OrochiException.findIn(catchThrowable(() -> session.run("SELECT SUM(i) FROM t")))
            .orElseThrow();
    assertThat(failure.code()).isEqualTo(OrochiErrorCode.DATA_FILE_CORRUPT);
    assertThat(failure).hasMessageContaining(file.getFileName().toString());
  }

  @Test
  void aMissingFileFailsTheQueryNamingTheFile() throws IOException {
    Path file = dataFiles().get(0);
    Files.delete(file);
    OrochiException failure =
        OrochiException.findIn(catchThrowable(() -> session.run("SELECT * FROM t"))).orElseThrow();
    assertThat(failure.code()).isEqualTo(OrochiErrorCode.DATA_FILE_MISSING);
    assertThat(failure).hasMessageContaining(file.getFileName().toString());
  }

  @Test
  void changedColumnsReadAsTheTableHasThemNow() {
    Table table = table();
    table
        .updateSchema()
        .renameColumn("s", "text")
        .updateColumn("i", Types.LongType.get())
        .addColumn("extra", Types.DoubleType.get())
        .commit();
    session.run("INSERT INTO t VALUES (CAST(7 AS BIGINT), 'g', 1.5)");
    assertSame("SELECT * FROM t");
    assertThat(session.run("SELECT SUM(i), COUNT(extra), MAX(text) FROM t WHERE text > 'a'"))
        .containsExactly("+I[27, 1, g]");
    table().updateSchema().deleteColumn("text").addColumn("text", Types.StringType.get()).commit();
    assertThat(session.run("SELECT COUNT(text), COUNT(*) FROM t")).containsExactly("+I[0, 7]");
    assertSame("SELECT * FROM t WHERE text IS NULL AND i > 2");
  }

  @Test
  void anOlderSnapshotReadsAsItWas() {
    Long first = table().currentSnapshot().parentId();
    table().updateSchema().deleteColumn("s").commit();
    String hint = " /*+ OPTIONS('snapshot-id' = '" + first + "') */";
    assertThat(session.run("SELECT COUNT(*), SUM(i) FROM t" + hint)).containsExactly("+I[3, 6]");
    assertThat(session.run("SELECT COUNT(*) FROM t")).containsExactly("+I[6]");
  }

  private void assertSame(String query) {
    session.environment().getConfig().set("orochi.execution.kernel-source", "false");
    List<String> expected = session.run(query);
    session.environment().getConfig().set("orochi.execution.kernel-source", "true");
    assertThat(session.run(query)).containsExactlyInAnyOrderElementsOf(expected);
  }

  private Table table() {
    return session.catalog().icebergCatalog().loadTable(TableIdentifier.of("db", "t"));
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> path.toString().endsWith(".parquet")).sorted().toList();
    }
  }
}
