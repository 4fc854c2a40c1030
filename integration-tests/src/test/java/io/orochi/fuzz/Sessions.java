package io.orochi.fuzz;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.fuzz.Question.Expected;
import io.orochi.fuzz.Question.Order;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two sessions on the kernel in one time zone: one as users have it, one that skips no file. */
final class Sessions implements AutoCloseable {
  /** Not a wrong answer: Flink would run it. */
  private static final String REFUSED = "OROCHI-(7005|1404|1405)";

  private final Connection pruning;
  private final Connection reading;

  Sessions(OrochiCluster cluster, String database, ZoneId zone) throws SQLException {
    this.pruning = open(cluster, database, zone, "on");
    this.reading = open(cluster, database, zone, "off");
  }

  private static Connection open(
      OrochiCluster cluster, String database, ZoneId zone, String pruning) throws SQLException {
    Connection session = cluster.flight();
    Sql.run(session, "SET 'table.local-time-zone' = '" + zone + "'");
    Sql.run(session, "SET 'orochi.execution.engine' = 'kernel'");
    Sql.run(session, "SET 'orochi.execution.pruning' = '" + pruning + "'");
    Sql.run(session, "USE " + database);
    return session;
  }

  /** What a question came to. */
  sealed interface Verdict {
    String why();

    /** The answer is right. */
    record Right() implements Verdict {
      @Override
      public String why() {
        return "";
      }
    }

    /** The kernel does not run it. */
    record Refused(String why) implements Verdict {}

    /** The answer is wrong, or there is none. */
    record Wrong(String why) implements Verdict {}
  }

  Verdict ask(Question question) {
    try {
      List<String> expected;
      Order order = Order.ANY;
      if (question.expected() instanceof Expected.Rows rows) {
        expected = rows.rows();
        order = rows.order();
      } else {
        expected = answer(reading, question.sql());
      }
      return difference(expected, answer(pruning, question.sql()), order)
          .<Verdict>map(Verdict.Wrong::new)
          .orElseGet(Verdict.Right::new);
    } catch (SQLException | RuntimeException failure) {
      String messages = Sql.messages(failure);
      return java.util.regex.Pattern.compile(REFUSED).matcher(messages).find()
          ? new Verdict.Refused(messages)
          : new Verdict.Wrong(messages);
    }
  }

  private static Optional<String> difference(
      List<String> expected, List<String> actual, Order order) {
    List<String> wanted = order == Order.ANY ? expected.stream().sorted().toList() : expected;
    List<String> found = order == Order.ANY ? actual.stream().sorted().toList() : actual;
    if (wanted.equals(found)) {
      return Optional.empty();
    }
    List<String> missing = new ArrayList<>(wanted);
    found.forEach(missing::remove);
    List<String> extra = new ArrayList<>(found);
    wanted.forEach(extra::remove);
    return Optional.of(
        "%d rows expected, %d found; missing %s; not expected %s"
            .formatted(wanted.size(), found.size(), few(missing), few(extra)));
  }

  private static List<String> few(List<String> rows) {
    return rows.subList(0, Math.min(5, rows.size()));
  }

  private static List<String> answer(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        Object[] row = new Object[columns];
        for (int column = 0; column < columns; column++) {
          row[column] = result.getObject(column + 1);
        }
        rows.add(Forms.text(row));
      }
      return rows;
    }
  }

  @Override
  public void close() throws SQLException {
    pruning.close();
    reading.close();
  }
}
