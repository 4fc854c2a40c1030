package io.orochi.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.gateway.config.ServerConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Flight SQL JDBC driver on the Flight door. */
class FlightDoorITCase {
  @TempDir static Path folder;
  private static OrochiServer server;

  @BeforeAll
  static void start() {
    server = OrochiServer.start(ServerConfig.defaults(folder).withPorts(ServerConfig.Ports.auto()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void valuesOfEveryTypeArriveFromBothEngines() throws Exception {
    String values =
        "SELECT 1, CAST(2 AS BIGINT), 'a', CAST(1.5 AS DECIMAL(3, 1)), TRUE, DATE '2024-02-29',"
            + " TIMESTAMP '2024-01-02 03:04:05.678901', CAST(NULL AS INT), CAST(0.5 AS DOUBLE)";
    for (String engine : List.of("kernel", "flink")) {
      try (Connection connection = TestingFlight.connect(server);
          Statement statement = connection.createStatement()) {
        statement.execute("SET 'orochi.execution.engine' = '" + engine + "'");
        assertThat(rows(statement, values))
            .as(engine)
            .containsExactly("1|2|a|1.5|true|2024-02-29|2024-01-02 03:04:05.678901|null|0.5");
      }
    }
  }

  @Test
  void settingsAndDatabaseBelongToTheConnection() throws Exception {
    try (Connection one = TestingFlight.connect(server);
        Connection other = TestingFlight.connect(server);
        Statement ofOne = one.createStatement();
        Statement ofOther = other.createStatement()) {
      ofOne.execute("CREATE DATABASE IF NOT EXISTS mine");
      ofOne.execute("USE mine");
      assertThat(rows(ofOne, "SHOW CURRENT DATABASE")).containsExactly("mine");
      assertThat(rows(ofOther, "SHOW CURRENT DATABASE")).containsExactly("default");
    }
  }

  @Test
  void proceduresLookForATableInTheSessionsDatabase() throws Exception {
    try (Connection connection = TestingFlight.connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS of_session");
      statement.execute("USE of_session");
      statement.execute("CREATE TABLE only_there (ts TIMESTAMP(6) NOT NULL)");
      assertThat(rows(statement, "CALL sys.create_hypertable('only_there', 'ts')")).hasSize(1);
      assertThat(rows(statement, "CALL sys.show_chunks('only_there')")).isEmpty();
      statement.execute("USE `default`");
      assertThatThrownBy(() -> rows(statement, "CALL sys.show_chunks('only_there')"))
          .hasStackTraceContaining("Looked for default.only_there.");
      assertThat(rows(statement, "CALL sys.show_chunks('of_session.only_there')")).isEmpty();
    }
  }

  /** The rows of a CALL are made when it is announced; to send them is not to run it again. */
  @Test
  void aProcedureRunsOnceForOneStatement() throws Exception {
    try (Connection connection = TestingFlight.connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t_tagged (id INT)");
      statement.executeUpdate("INSERT INTO t_tagged VALUES (1)");
    }
    String uri = server.addresses().flightUrl().replace("grpc://", "grpc+tcp://");
    try (BufferAllocator allocator = new RootAllocator();
        FlightSqlClient client =
            new FlightSqlClient(FlightClient.builder(allocator, new Location(uri)).build())) {
      for (int tag = 0; tag < 30; tag++) {
        FlightInfo info =
            client.execute("CALL sys.create_tag('default.t_tagged', 'tag" + tag + "')");
        try (FlightStream rows = client.getStream(info.getEndpoints().get(0).getTicket())) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getRoot().getRowCount()).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void rowsInsertedAreCountedAndRead() throws Exception {
    try (Connection connection = TestingFlight.connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t_flight (id INT, name STRING, ts TIMESTAMP_LTZ(6))");
      statement.executeUpdate(
          "INSERT INTO t_flight VALUES (1, 'one', TO_TIMESTAMP_LTZ(0, 3)), (2, 'two', CAST(NULL AS TIMESTAMP_LTZ(3)))");
      assertThat(rows(statement, "SELECT id, name FROM t_flight ORDER BY id"))
          .containsExactly("1|one", "2|two");
    }
  }

  @Test
  void aPreparedStatementIsBoundByType() throws Exception {
    try (Connection connection = TestingFlight.connect(server);
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT v FROM (VALUES (1), (2), (3)) AS t(v) WHERE v > ? ORDER BY v")) {
      statement.setInt(1, 1);
      assertThat(TestingRows.of(statement.executeQuery())).containsExactly("2", "3");
      statement.setInt(1, 2);
      assertThat(TestingRows.of(statement.executeQuery())).containsExactly("3");
    }
  }

  /** The driver writes milliseconds into a vector of any unit, so it must be asked for them. */
  @Test
  void timesAreBoundAsTheyWereMeant() throws Exception {
    Timestamp moment = Timestamp.valueOf("2026-03-01 12:00:00.123");
    Time time = Time.valueOf("12:34:56");
    Date date = Date.valueOf("2026-03-01");
    try (Connection connection = TestingFlight.connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t_times (d DATE, t TIME(3), t3 TIMESTAMP(3), t6 TIMESTAMP(6),"
              + " z3 TIMESTAMP_LTZ(3), z6 TIMESTAMP_LTZ(6))");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO t_times VALUES (?, ?, ?, ?, ?, ?)")) {
        insert.setDate(1, date);
        insert.setTime(2, time);
        for (int column = 3; column <= 6; column++) {
          insert.setTimestamp(column, moment);
        }
        assertThat(insert.executeUpdate()).isEqualTo(1);
      }
      assertThat(
              rows(statement, "SELECT CAST(d AS STRING), CAST(t AS STRING), t3, t6 FROM t_times"))
          .containsExactly("2026-03-01|12:34:56|2026-03-01 12:00:00.123|2026-03-01 12:00:00.123");
      assertThat(
              rows(
                  statement,
                  "SELECT count(*) FROM t_times"
                      + " WHERE z3 = TO_TIMESTAMP_LTZ(1772366400123, 3) AND z6 = z3"))
          .containsExactly("1");
      for (String column : List.of("t3", "t6", "z3", "z6")) {
        assertThat(found(connection, column, moment)).as(column).isEqualTo(1);
      }
      assertThat(found(connection, "d", date)).isEqualTo(1);
      assertThat(found(connection, "t", time)).isEqualTo(1);
    }
  }

  private static int found(Connection connection, String column, Object value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT count(*) FROM t_times WHERE " + column + " = ?")) {
      statement.setObject(1, value);
      return Integer.parseInt(TestingRows.of(statement.executeQuery()).get(0));
    }
  }

  @Test
  void aPatternCanBeAParameter() throws Exception {
    try (Connection connection = TestingFlight.connect(server);
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT v FROM (VALUES ('ab'), ('b'), ('ac')) AS t(v) WHERE v LIKE ? ORDER BY v")) {
      statement.setString(1, "a%");
      assertThat(TestingRows.of(statement.executeQuery())).containsExactly("ab", "ac");
      statement.setString(1, "_");
      assertThat(TestingRows.of(statement.executeQuery())).containsExactly("b");
    }
  }

  @Test
  void anAsofJoinTakesParametersAndSaysWhoRunsIt() throws Exception {
    String join =
        " FROM (VALUES (1, 5), (2, 9)) AS l(k, t) ASOF JOIN (VALUES (3, 'a'), (6, 'b')) AS r(t, v)"
            + " ON l.t >= r.t";
    try (Connection connection = TestingFlight.connect(server);
        PreparedStatement statement =
            connection.prepareStatement("SELECT r.v" + join + " WHERE l.k = ? AND r.v <> ?")) {
      statement.setInt(1, 2);
      statement.setString(2, "?");
      assertThat(TestingRows.of(statement.executeQuery())).containsExactly("b");
      statement.setInt(1, 1);
      assertThat(TestingRows.of(statement.executeQuery())).containsExactly("a");
      try (Statement other = connection.createStatement()) {
        assertThat(TestingRows.of(other.executeQuery("EXPLAIN SELECT r.v" + join)).get(0))
            .contains("only the kernel runs such a query")
            .contains("ASOF JOIN");
        other.execute("SET 'orochi.execution.engine' = 'flink'");
        assertThatThrownBy(() -> other.executeQuery("SELECT r.v" + join))
            .hasMessageContaining("Cannot run ASOF JOIN on Flink");
        assertThatThrownBy(() -> other.execute("CREATE VIEW v_asof AS SELECT r.v" + join))
            .hasMessageContaining("Cannot keep an ASOF JOIN in a view");
      }
    }
  }

  @Test
  void toolsFindTablesColumnsAndKeys() throws Exception {
    try (Connection connection = TestingFlight.connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t_meta (id INT NOT NULL, amount DECIMAL(10, 2), PRIMARY KEY (id) NOT"
              + " ENFORCED)");
      DatabaseMetaData metadata = connection.getMetaData();
      assertThat(column(metadata.getCatalogs(), "TABLE_CAT")).contains("orochi");
      assertThat(column(metadata.getSchemas(), "TABLE_SCHEM")).contains("default");
      assertThat(column(metadata.getTables("orochi", "default", "t_m%", null), "TABLE_NAME"))
          .containsExactly("t_meta");
      assertThat(column(metadata.getColumns("orochi", "default", "t_meta", null), "COLUMN_NAME"))
          .containsExactly("id", "amount");
      assertThat(column(metadata.getPrimaryKeys("orochi", "default", "t_meta"), "COLUMN_NAME"))
          .containsExactly("id");
      assertThat(metadata.getDatabaseProductName()).isEqualTo("Orochi");
      assertThat(metadata.getIdentifierQuoteString()).isEqualTo("`");
      assertThat(metadata.getMaxColumnsInSelect()).isZero();
    }
  }

  @Test
  void anErrorHasItsCodeMessageAndHint() {
    assertThatThrownBy(
            () -> {
              try (Connection connection = TestingFlight.connect(server);
                  Statement statement = connection.createStatement()) {
                statement.execute("SET 'orochi.execution.engin' = 'flink'");
              }
            })
        .hasStackTraceContaining("OROCHI-7006: Unknown setting: orochi.execution.engin")
        .hasStackTraceContaining("HINT: Did you mean orochi.execution.engine?");
  }

  @Test
  void selectOneIsFast() throws Exception {
    try (Connection connection = TestingFlight.connect(server);
        Statement statement = connection.createStatement()) {
      List<Long> micros = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        long start = System.nanoTime();
        assertThat(rows(statement, "SELECT 1")).containsExactly("1");
        micros.add((System.nanoTime() - start) / 1_000);
      }
      List<Long> warm = micros.subList(300, 600).stream().sorted().toList();
      System.err.println("SELECT 1: p50 " + warm.get(150) + " us, p95 " + warm.get(285) + " us");
    }
  }

  static List<String> rows(Statement statement, String sql) throws SQLException {
    return TestingRows.of(statement.executeQuery(sql));
  }

  private static List<String> column(ResultSet result, String name) throws SQLException {
    List<String> values = new ArrayList<>();
    try (result) {
      while (result.next()) {
        values.add(result.getString(name));
      }
    }
    return values;
  }
}
