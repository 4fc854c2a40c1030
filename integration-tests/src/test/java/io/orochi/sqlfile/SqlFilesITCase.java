package io.orochi.sqlfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import io.orochi.sqlfile.SqlCase.Engine;
import io.orochi.sqlfile.SqlCase.Expected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every {@code .test} file, each statement on each engine: same statement, same answer, same types.
 * What one engine refuses must succeed when the choice is automatic. {@code -Dorochi.sqlfile=NAME}
 * runs the files whose names begin so, {@code -Dorochi.sqlfile.flink-jdbc=true} goes through
 * Flink's JDBC driver instead of Flight SQL.
 */
@ExtendWith(SharedCluster.class)
class SqlFilesITCase {
  private static final Path FILES = Path.of("src/test/resources/sql");
  private static final boolean FLINK_DOOR = Boolean.getBoolean("orochi.sqlfile.flink-jdbc");

  /** ENGINE_CANNOT_RUN, or a value that the engine cannot compute. */
  private static final String CANNOT_RUN = "OROCHI-(7005|1404|1405)";

  private final Map<Engine, Connection> sessions = new EnumMap<>(Engine.class);

  @BeforeEach
  void connect(OrochiCluster cluster) throws SQLException {
    for (Engine engine : Engine.values()) {
      Connection session = FLINK_DOOR ? cluster.flinkJdbc() : cluster.flight();
      sessions.put(engine, session);
      String value = engine.name().toLowerCase(Locale.ROOT);
      Sql.run(session, "SET 'orochi.execution.engine' = '" + value + "'");
    }
  }

  @AfterEach
  void disconnect() throws SQLException {
    for (Connection session : sessions.values()) {
      session.close();
    }
  }

  @TestFactory
  Stream<DynamicContainer> files() throws IOException {
    String only = System.getProperty("orochi.sqlfile", "");
    List<SqlFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(FILES)) {
      for (Path path : paths.sorted().toList()) {
        files.add(SqlFile.read(path));
      }
    }
    return files.stream().filter(file -> file.name().startsWith(only)).map(this::file);
  }

  private DynamicContainer file(SqlFile file) {
    DynamicTest setup = dynamicTest("setup", () -> setUp(file));
    Stream<DynamicTest> cases =
        file.cases().stream()
            .map(
                each ->
                    dynamicTest(
                        file.name() + ":" + each.line() + " " + each.name(), () -> check(each)));
    return dynamicContainer(file.name(), Stream.concat(Stream.of(setup), cases));
  }

  private void setUp(SqlFile file) throws SQLException {
    String database = "sqlfile_" + file.name();
    Sql.run(sessions.get(Engine.AUTO), "CREATE DATABASE " + database);
    for (Connection session : sessions.values()) {
      Sql.run(session, "USE " + database);
    }
    for (String statement : file.setup()) {
      Sql.run(sessions.get(Engine.AUTO), statement);
    }
  }

  private void check(SqlCase each) throws SQLException {
    if (each.expected() instanceof Expected.Failure failure) {
      for (Engine engine : List.of(Engine.KERNEL, Engine.FLINK)) {
        assertThat(failureOn(engine, each)).as(engine.name()).contains(failure.texts());
      }
      return;
    }
    List<Answer> answers = new ArrayList<>();
    for (Engine engine : Engine.values()) {
      if (each.refusing().contains(engine)) {
        assertThat(failureOn(engine, each)).as(engine.name()).containsPattern(CANNOT_RUN);
      } else if (engine != Engine.AUTO || !each.refusing().isEmpty()) {
        Answer answer = answerOf(engine, each);
        compare(engine, each, answer);
        answers.add(answer);
      }
    }
    assertThat(answers.stream().map(Answer::types).distinct())
        .as("the engines agree on types")
        .hasSize(1);
  }

  private Answer answerOf(Engine engine, SqlCase each) throws SQLException {
    try (Statement statement = sessions.get(engine).createStatement();
        ResultSet result = statement.executeQuery(each.statement())) {
      return Answer.of(result);
    }
  }

  private String failureOn(Engine engine, SqlCase each) {
    try {
      Sql.run(sessions.get(engine), each.statement());
      return "no failure";
    } catch (SQLException | RuntimeException e) {
      return Sql.messages(e);
    }
  }

  private static void compare(Engine engine, SqlCase each, Answer answer) {
    boolean ordered = each.expected() instanceof Expected.Rows;
    List<List<String>> expected = rows(each.expected());
    List<List<String>> actual = ordered ? answer.rows() : sorted(answer.rows());
    if (!ordered) {
      expected = sorted(expected);
    }
    if (!matches(answer, expected, actual)) {
      assertThat(text(actual)).as(engine + ": " + each.statement()).isEqualTo(text(expected));
    }
  }

  private static boolean matches(
      Answer answer, List<List<String>> expected, List<List<String>> actual) {
    if (expected.size() != actual.size()) {
      return false;
    }
    for (int row = 0; row < expected.size(); row++) {
      if (expected.get(row).size() != actual.get(row).size()) {
        return false;
      }
      for (int column = 0; column < expected.get(row).size(); column++) {
        String wanted = expected.get(row).get(column);
        if (!answer.cellMatches(column, wanted, actual.get(row).get(column))) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<List<String>> rows(Expected expected) {
    if (expected instanceof Expected.Rows rows) {
      return rows.rows();
    }
    return ((Expected.Bag) expected).rows();
  }

  private static List<List<String>> sorted(List<List<String>> rows) {
    return rows.stream().sorted(Comparator.comparing(row -> String.join(" | ", row))).toList();
  }

  private static String text(List<List<String>> rows) {
    return String.join("\n", rows.stream().map(row -> String.join(" | ", row)).toList());
  }
}
