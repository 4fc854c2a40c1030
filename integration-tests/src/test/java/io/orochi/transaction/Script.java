package io.orochi.transaction;

import io.orochi.cluster.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Statements of several transactions in one order, and how to see from outside that something went
 * wrong. Each line is a transaction's name and its statement.
 *
 * @param seen what is expected at READ COMMITTED, SNAPSHOT and SERIALIZABLE
 */
record Script(String name, String lines, Predicate<History> anomaly, List<Seen> seen) {
  /** Whether an anomaly can happen. */
  enum Seen {
    ALLOWED,
    PREVENTED
  }

  /** Opens a session. */
  interface Sessions {
    Connection open() throws SQLException;
  }

  /** Runs it; a transaction that is refused a statement is rolled back, and its rest skipped. */
  History run(Sessions sessions, String level) throws SQLException {
    Map<String, Connection> open = new LinkedHashMap<>();
    History history = new History();
    try {
      for (String line : lines.lines().toList()) {
        String who = line.substring(0, line.indexOf(' '));
        if (!open.containsKey(who)) {
          open.put(who, sessions.open());
        }
      }
      for (Connection session : open.values()) {
        Sql.run(session, "BEGIN ISOLATION LEVEL " + level);
      }
      for (String line : lines.lines().toList()) {
        int space = line.indexOf(' ');
        String who = line.substring(0, space);
        history.step(open.get(who), who, line.substring(space + 1));
      }
      try (Connection last = sessions.open()) {
        history.end = rows(last, "SELECT id, v FROM test");
      }
      return history;
    } finally {
      for (Connection session : open.values()) {
        session.close();
      }
    }
  }

  private static String rows(Connection session, String sql) throws SQLException {
    return new TreeSet<>(Sql.rows(session, sql))
        .stream().map(row -> row.replace(" | ", "=")).collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return name;
  }

  /** What came of it. */
  static final class History {
    private final Map<String, List<String>> reads = new LinkedHashMap<>();
    private final Map<String, Boolean> committed = new LinkedHashMap<>();
    private final List<String> log = new ArrayList<>();
    private String end;

    private void step(Connection session, String who, String sql) throws SQLException {
      if (committed.containsKey(who)) {
        log.add(who + " skipped: " + sql);
        return;
      }
      try {
        if (sql.startsWith("SELECT")) {
          String rows = rows(session, sql);
          reads.computeIfAbsent(who, unused -> new ArrayList<>()).add(rows);
          log.add(who + " " + sql + " -> " + rows);
          return;
        }
        Sql.run(session, sql);
        log.add(who + " " + sql);
        if (sql.equals("COMMIT") || sql.equals("ROLLBACK")) {
          committed.put(who, sql.equals("COMMIT"));
        }
      } catch (SQLException refused) {
        if (!Sql.messages(refused).contains("OROCHI-3201")) {
          throw refused;
        }
        log.add(who + " refused: " + sql);
        committed.put(who, false);
        if (!sql.equals("COMMIT")) {
          Sql.run(session, "ROLLBACK");
        }
      }
    }

    /** The rows after all have ended: {@code 1=10 2=20}. */
    String end() {
      return end;
    }

    List<String> reads(String who) {
      return reads.getOrDefault(who, List.of());
    }

    /** Empty if there was no such read. */
    String read(String who, int index) {
      List<String> all = reads(who);
      return index < all.size() ? all.get(index) : "";
    }

    boolean committed(String who) {
      return committed.getOrDefault(who, false);
    }

    @Override
    public String toString() {
      return String.join("\n", log) + "\nend -> " + end;
    }
  }
}
