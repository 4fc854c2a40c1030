package io.orochi.table.kernel.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.KernelResult;
import io.orochi.table.kernel.KernelSession;
import io.orochi.table.kernel.TestingKernel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session may get another one's connection, but nothing else of it. */
class ConnectionsUsedAgainTest {
  private static final String HOUR =
      "SELECT CAST(CAST(TIMESTAMPTZ '2024-07-01 00:00:00+00' AS TIMESTAMP) AS VARCHAR)";
  private static final Schema ONE =
      new Schema(NestedField.required(1, "i", Types.IntegerType.get()));

  @TempDir private Path folder;
  private TestingKernel kernel;

  @BeforeEach
  void open() {
    kernel = TestingKernel.over(folder.resolve("lake"));
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  private static String connectionOf(KernelSession session) {
    return TestingKernel.rows(session, "SELECT current_connection_id()").get(0);
  }

  private String nextConnection() {
    try (KernelSession next = kernel.kernel().openSession()) {
      return connectionOf(next);
    }
  }

  @Test
  void aConnectionInWhichNothingIsLeftIsUsedAgain() {
    assertThat(nextConnection()).isEqualTo(nextConnection());
  }

  @Test
  void twoSessionsAtOnceHaveTwoConnections() {
    try (KernelSession one = kernel.kernel().openSession();
        KernelSession other = kernel.kernel().openSession()) {
      assertThat(connectionOf(one)).isNotEqualTo(connectionOf(other));
    }
  }

  @Test
  void theZoneOfASessionEndsWithIt() {
    String connection;
    try (KernelSession session = kernel.kernel().openSession()) {
      session.setTimeZone(ZoneId.of("Asia/Kolkata"));
      connection = connectionOf(session);
      assertThat(TestingKernel.rows(session, HOUR)).containsExactly("{2024-07-01 05:30:00}");
    }
    try (KernelSession next = kernel.kernel().openSession()) {
      assertThat(TestingKernel.rows(next, HOUR)).containsExactly("{2024-07-01 00:00:00}");
      next.setTimeZone(ZoneId.of("Asia/Kolkata"));
      assertThat(TestingKernel.rows(next, HOUR)).containsExactly("{2024-07-01 05:30:00}");
      assertThat(connectionOf(next)).isEqualTo(connection);
    }
  }

  @Test
  void rowsInMemoryEndWithTheirSession() {
    String connection;
    String name;
    try (KernelSession session = kernel.kernel().openSession()) {
      name = session.register(ONE, List.<Object[]>of(new Object[] {7}));
      connection = connectionOf(session);
      assertThat(TestingKernel.rows(session, "SELECT i FROM " + name)).containsExactly("{7}");
    }
    try (KernelSession next = kernel.kernel().openSession()) {
      assertThat(connectionOf(next)).isNotEqualTo(connection);
      assertThatThrownBy(() -> TestingKernel.rows(next, "SELECT i FROM " + name))
          .isInstanceOf(OrochiException.class)
          .hasMessageContaining("kernel");
    }
  }

  @Test
  void aFailureEndsItsConnection() {
    String connection;
    try (KernelSession session = kernel.kernel().openSession()) {
      connection = connectionOf(session);
      assertThatThrownBy(() -> TestingKernel.rows(session, "SELECT 300::TINYINT"))
          .isInstanceOf(OrochiException.class)
          .hasMessageContaining("Cannot");
    }
    assertThat(nextConnection()).isNotEqualTo(connection);
  }

  @Test
  void aCancelNeverReachesTheNextSession() {
    String connection;
    try (KernelSession session = kernel.kernel().openSession()) {
      connection = connectionOf(session);
      session.cancel();
    }
    assertThat(nextConnection()).isNotEqualTo(connection);

    KernelSession closed = kernel.kernel().openSession();
    String lent = connectionOf(closed);
    closed.close();
    try (KernelSession next = kernel.kernel().openSession()) {
      assertThat(connectionOf(next)).isEqualTo(lent);
      closed.cancel();
      closed.close();
      assertThat(TestingKernel.rows(next, "SELECT sum(i) FROM range(10000000) t(i)")).hasSize(1);
    }
  }

  @Test
  void rowsNobodyReadEndWithTheirSession() throws IOException {
    String connection;
    try (BufferAllocator allocator = new RootAllocator();
        KernelSession session = kernel.kernel().openSession()) {
      connection = connectionOf(session);
      try (KernelResult result =
              session.query("SELECT i FROM range(10000000) t(i)", List.<Object>of());
          ArrowReader reader = result.arrow(allocator, 2048)) {
        assertThat(reader.loadNextBatch()).isTrue();
      }
    }
    assertThat(nextConnection()).isNotEqualTo(connection);
  }
}
