package io.orochi.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many sessions as may be open, all at once, with right statements and wrong ones. */
class ManySessionsITCase {
  private static final int SESSIONS = 64;
  private static final int STATEMENTS = 12;
  private static final int ROWS = 1_000;
  private static final String TOO_MANY_STATEMENTS = "OROCHI-7010";

  @TempDir private Path folder;

  private final Collection<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger turnedAway = new AtomicInteger();

  @Test
  void eachGetsItsOwnAnswerOrItsOwnError() throws Exception {
    // those who only ask share one more session
    Map<String, String> limits =
        Map.of(
            "sessions.max",
            String.valueOf(SESSIONS + 1),
            "statements.max-running",
            "4",
            "statements.max-waiting",
            "40",
            "kernel.memory",
            "256 mb");
    try (OrochiCluster cluster = OrochiCluster.start(folder, limits)) {
      List<Connection> sessions = new ArrayList<>();
      ExecutorService pool = Executors.newFixedThreadPool(SESSIONS);
      try {
        for (int i = 0; i < SESSIONS; i++) {
          sessions.add(cluster.flight());
        }
        assertThatThrownBy(cluster::flight)
            .hasStackTraceContaining("OROCHI-7011")
            .hasStackTraceContaining("HINT: ");
        createTable(sessions.get(0));
        runAll(pool, sessions);
        assertThat(Sql.rows(sessions.get(0), "SELECT 1")).containsExactly("1");
      } finally {
        pool.shutdownNow();
        for (Connection session : sessions) {
          session.close();
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(answered.get() + refused.get() + turnedAway.get()).isEqualTo(SESSIONS * STATEMENTS);
    assertThat(answered).hasPositiveValue();
    assertThat(refused).hasPositiveValue();
  }

  private static void createTable(Connection session) throws SQLException {
    StringBuilder values = new StringBuilder("(0, 0)");
    for (int row = 1; row < ROWS; row++) {
      values.append(", (").append(row).append(", ").append(row % SESSIONS).append(')');
    }
    Sql.run(session, "CREATE DATABASE many");
    Sql.run(session, "CREATE TABLE many.t (v INT, session_number INT)");
    Sql.run(session, "INSERT INTO many.t VALUES " + values);
  }

  private void runAll(ExecutorService pool, List<Connection> sessions) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> work = new ArrayList<>();
    for (int number = 0; number < sessions.size(); number++) {
      int mine = number;
      work.add(
          pool.submit(
              () -> {
                start.await();
                Random random = new Random(mine);
                for (int statement = 0; statement < STATEMENTS; statement++) {
                  ask(sessions.get(mine), mine, random.nextInt(6));
                }
                return null;
              }));
    }
    start.countDown();
    for (Future<?> each : work) {
      each.get();
    }
  }

  private void ask(Connection session, int mine, int kind) {
    switch (kind) {
      case 0, 1 ->
          answers(
              session,
              "SELECT COUNT(*), MIN(v), %d FROM many.t WHERE session_number = %d"
                  .formatted(mine, mine),
              (ROWS - 1 - mine) / SESSIONS + 1 + " | " + mine + " | " + mine);
      case 2 -> answers(session, "SELECT " + mine, String.valueOf(mine));
      case 3 -> fails(session, "SELECT absent_%d FROM many.t".formatted(mine), "OROCHI-7002", mine);
      case 4 -> fails(session, "SELECT * FROM many.absent_" + mine, "OROCHI-3001", mine);
      default ->
          fails(
              session,
              "SELECT v FROM many.t WHERE (absent_%d".formatted(mine),
              "OROCHI-7001",
              mine);
    }
  }

  private void answers(Connection session, String sql, String row) {
    try {
      List<String> rows = Sql.rows(session, sql);
      if (rows.equals(List.of(row))) {
        answered.incrementAndGet();
      } else {
        wrong.add(sql + " gave " + rows + ", not " + row);
      }
    } catch (SQLException failure) {
      judge(failure, sql, "an answer", row);
    }
  }

  private void fails(Connection session, String sql, String code, int mine) {
    try {
      wrong.add(sql + " gave " + Sql.rows(session, sql));
    } catch (SQLException failure) {
      judge(failure, sql, code, code.equals("OROCHI-7001") ? "line 1" : "absent_" + mine);
    }
  }

  private void judge(SQLException failure, String sql, String code, String part) {
    String told = Sql.messages(failure).replace(sql, "");
    if (told.contains(code) && told.contains(part)) {
      refused.incrementAndGet();
    } else if (told.contains(TOO_MANY_STATEMENTS)) {
      turnedAway.incrementAndGet();
    } else {
      wrong.add(sql + " failed: " + told);
    }
  }
}
