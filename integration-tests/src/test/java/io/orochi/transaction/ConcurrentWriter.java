package io.orochi.transaction;

import io.orochi.cluster.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** One session of {@link ConcurrentChangesITCase}, and what it knows to be in the table. */
final class ConcurrentWriter {
  private static final List<String> LAYOUTS =
      List.of(
          "CALL sys.merge_chunks('t', '1 d')",
          "CALL sys.create_distributed_table('t', 'writer', 2)",
          "CALL sys.merge_chunks('t', '1 month')",
          "CALL sys.alter_distributed_table(relation => 't', shard_count => 4)",
          "CALL sys.alter_distributed_table(relation => 't', shard_count => 3)");

  /** Unknown state of a commit, a failure of the kernel, a failure without a code. */
  private static final List<String> FAILURES = List.of("OROCHI-1102", "OROCHI-1402", "OROCHI-7009");

  private final int number;
  private final Random random;
  private final Set<Integer> rows = new TreeSet<>();
  private final Set<String> columns = new TreeSet<>();
  private int next;
  private int layout;

  ConcurrentWriter(int number) {
    this.number = number;
    this.random = new Random(number);
  }

  int number() {
    return number;
  }

  Set<Integer> rows() {
    return rows;
  }

  /** Those that were added. */
  Set<String> columns() {
    return columns;
  }

  /**
   * @param deadline of {@link System#nanoTime}; one change is made in any case
   */
  void run(Connection session, long deadline) throws SQLException {
    do {
      int dice = random.nextInt(20);
      if (number == 0 && dice < 6) {
        done(session, LAYOUTS.get(layout++ % LAYOUTS.size()));
      } else if (number == 1 && dice < 6) {
        String column = "c" + next++;
        if (done(session, "ALTER TABLE t ADD (" + column + " INT)")) {
          columns.add(column);
        }
      } else if (dice < 12 || rows.isEmpty()) {
        append(session);
      } else {
        delete(session);
      }
    } while (System.nanoTime() < deadline);
  }

  private void append(Connection session) throws SQLException {
    int first = next++;
    int second = next++;
    String values =
        "(TIMESTAMP '2024-01-01 %02d:00:00', %d, %d), (TIMESTAMP '2024-01-01 %02d:30:00', %d, %d)"
            .formatted(first % 24, number, first, second % 24, number, second);
    if (done(session, "INSERT INTO t (ts, writer, id) VALUES " + values)) {
      rows.add(first);
      rows.add(second);
    }
  }

  private void delete(Connection session) throws SQLException {
    int gone = rows.iterator().next();
    if (done(session, "DELETE FROM t WHERE writer = " + number + " AND id = " + gone)) {
      rows.remove(gone);
    }
  }

  /** False if it was refused: a conflict with others, or a layout that does not follow. */
  private static boolean done(Connection session, String sql) throws SQLException {
    try {
      Sql.run(session, sql);
      return true;
    } catch (SQLException refused) {
      String messages = Sql.messages(refused);
      if (!messages.contains("OROCHI-") || FAILURES.stream().anyMatch(messages::contains)) {
        throw refused;
      }
      return false;
    }
  }
}
