package io.orochi.gateway.change;

import static io.orochi.gateway.change.TestingServer.rows;
import static io.orochi.gateway.change.TestingServer.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DELETE and UPDATE in a session that leaves everything to Flink. */
class FlinkChangesITCase {
  @TempDir private Path folder;

  @Test
  void changedRowsAreCounted() throws SQLException {
    try (TestingServer server = new TestingServer(folder);
        Connection session = server.connect()) {
      run(session, "CREATE TABLE t (n INT, v STRING, price DECIMAL(10, 2))");
      run(session, "INSERT INTO t VALUES (1, 'a', 1.5), (2, 'b', 2.5), (3, 'c', 3.5)");
      run(session, "SET 'orochi.execution.engine' = 'flink'");
      assertThat(run(session, "UPDATE t SET v = v || '!', price = price * 2 WHERE n > 1"))
          .isEqualTo(2);
      assertThat(run(session, "DELETE FROM t WHERE price = 7")).isEqualTo(1);
      assertThat(run(session, "DELETE FROM t WHERE n = 9")).isZero();
      assertThat(rows(session, "SELECT * FROM t ORDER BY n"))
          .containsExactly("1|a|1.50", "2|b!|5.00");
      assertThatThrownBy(
              () -> run(session, "INSERT OVERWRITE t VALUES (1, 'x', CAST(1 AS DECIMAL(10, 2)))"))
          .hasMessageContaining("OROCHI-7005");
      run(session, "BEGIN");
      assertThatThrownBy(() -> run(session, "DELETE FROM t")).hasMessageContaining("transaction");
    }
  }
}
