package io.orochi.transaction.elle;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.transaction.elle.ListHistory.End;
import io.orochi.transaction.elle.ListHistory.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Sessions that append to lists and read them, at random. A list is the text of one row. */
final class ListWorkload {
  static final int SESSIONS = 4;
  private static final int TRANSACTIONS = 6;
  private static final int KEYS = 4;
  private static final AtomicInteger TABLES = new AtomicInteger();

  private final OrochiCluster cluster;
  private final String level;
  private final int seed;
  private final String table = "lists" + TABLES.incrementAndGet();
  private final AtomicInteger values = new AtomicInteger();
  private final ListHistory history = new ListHistory();

  ListWorkload(OrochiCluster cluster, Connection session, String level, int seed)
      throws SQLException {
    this.cluster = cluster;
    this.level = level;
    this.seed = seed;
    Sql.run(
        session,
        "CREATE TABLE "
            + table
            + " (k INT, vs STRING) DISTRIBUTED BY HASH(k) INTO 64 BUCKETS"
            + " WITH ('format-version' = '3')");
    StringBuilder rows = new StringBuilder();
    for (int key = 0; key < KEYS; key++) {
      rows.append(key == 0 ? "" : ", ").append("(").append(key).append(", '')");
    }
    Sql.run(session, "INSERT INTO " + table + " VALUES " + rows);
  }

  ListHistory run() throws Exception {
    ExecutorService sessions = Executors.newFixedThreadPool(SESSIONS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        Random random = new Random(seed * 1_000L + i);
        all.add(
            sessions.submit(
                () -> {
                  session(random);
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      sessions.shutdownNow();
    }
    readAll();
    return history;
  }

  private void session(Random random) throws SQLException {
    try (Connection session = cluster.flight()) {
      for (int i = 0; i < TRANSACTIONS; i++) {
        transaction(session, random);
      }
    }
  }

  /** The last word on every list. */
  private void readAll() throws SQLException {
    List<Step> steps = new ArrayList<>();
    try (Connection session = cluster.flight()) {
      for (int key = 0; key < KEYS; key++) {
        steps.add(read(session, key));
      }
    }
    history.add(End.COMMITTED, steps);
  }

  private void transaction(Connection session, Random random) throws SQLException {
    List<Step> steps = new ArrayList<>();
    Sql.run(session, "BEGIN ISOLATION LEVEL " + level);
    try {
      int count = 2 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        int key = random.nextInt(KEYS);
        if (random.nextInt(5) < 2) {
          Step.Append append = new Step.Append(key, values.incrementAndGet());
          steps.add(append);
          Sql.run(
              session,
              "UPDATE " + table + " SET vs = vs || ' " + append.value() + "' WHERE k = " + key);
        } else {
          steps.add(read(session, key));
        }
      }
      Sql.run(session, "COMMIT");
      history.add(End.COMMITTED, steps);
    } catch (SQLException refused) {
      if (!Sql.messages(refused).contains("OROCHI-3201")) {
        throw refused;
      }
      history.add(End.ABORTED, steps);
      rollback(session);
    }
  }

  /** After a refused COMMIT there is nothing to roll back. */
  private static void rollback(Connection session) throws SQLException {
    try {
      Sql.run(session, "ROLLBACK");
    } catch (SQLException ended) {
      if (!Sql.messages(ended).contains("OROCHI-3205")) {
        throw ended;
      }
    }
  }

  private Step.Read read(Connection session, int key) throws SQLException {
    String text = Sql.rows(session, "SELECT vs FROM " + table + " WHERE k = " + key).get(0).trim();
    List<Integer> seen =
        text.isEmpty() ? List.of() : Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
    return new Step.Read(key, seen);
  }
}
