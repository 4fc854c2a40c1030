package io.orochi.transaction;

import static io.orochi.transaction.Script.Seen.ALLOWED;
import static io.orochi.transaction.Script.Seen.PREVENTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each isolation level allows, as a table: the cases of Martin Kleppmann's Hermitage
 * (github.com/ept/hermitage), named after Adya's thesis (Weak Consistency, 1999). An anomaly that a
 * level allows is really seen here, so the table neither promises too much nor too little.
 *
 * <pre>
 *                                          READ COMMITTED  SNAPSHOT    SERIALIZABLE
 * G0        dirty write                    prevented       prevented   prevented
 * G1a       aborted read                   prevented       prevented   prevented
 * G1b       intermediate read              prevented       prevented   prevented
 * G1c       circular information flow      prevented       prevented   prevented
 * OTV       observed transaction vanishes  prevented       prevented   prevented
 * PMP       predicate-many-preceders       allowed         prevented   prevented
 * PMP-write the same, of a DELETE          prevented       prevented   prevented
 * P4        lost update                    allowed         prevented   prevented
 * G-single  read skew                      allowed         prevented   prevented
 * G2-item   write skew                     allowed         allowed     prevented
 * G2        write skew on a predicate      allowed         allowed     prevented
 * </pre>
 */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HermitageITCase {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final List<String> LEVELS = List.of("READ COMMITTED", "SNAPSHOT", "SERIALIZABLE");
  private static final List<Script> CASES =
      List.of(
          new Script(
              "G0",
              """
              T1 UPDATE test SET v = 11 WHERE id = 1
              T2 UPDATE test SET v = 12 WHERE id = 1
              T1 UPDATE test SET v = 21 WHERE id = 2
              T1 COMMIT
              T2 UPDATE test SET v = 22 WHERE id = 2
              T2 COMMIT
              """,
              history -> !Set.of("1=11 2=21", "1=12 2=22").contains(history.end()),
              List.of(PREVENTED, PREVENTED, PREVENTED)),
          new Script(
              "G1a",
              """
              T1 UPDATE test SET v = 101 WHERE id = 1
              T2 SELECT id, v FROM test
              T1 ROLLBACK
              T2 SELECT id, v FROM test
              T2 COMMIT
              """,
              history -> history.reads("T2").stream().anyMatch(read -> read.contains("101")),
              List.of(PREVENTED, PREVENTED, PREVENTED)),
          new Script(
              "G1b",
              """
              T1 UPDATE test SET v = 101 WHERE id = 1
              T2 SELECT id, v FROM test
              T1 UPDATE test SET v = 11 WHERE id = 1
              T1 COMMIT
              T2 SELECT id, v FROM test
              T2 COMMIT
              """,
              history -> history.reads("T2").stream().anyMatch(read -> read.contains("101")),
              List.of(PREVENTED, PREVENTED, PREVENTED)),
          new Script(
              "G1c",
              """
              T1 UPDATE test SET v = 11 WHERE id = 1
              T2 UPDATE test SET v = 22 WHERE id = 2
              T1 SELECT id, v FROM test WHERE id = 2
              T2 SELECT id, v FROM test WHERE id = 1
              T1 COMMIT
              T2 COMMIT
              """,
              history ->
                  history.read("T1", 0).equals("2=22") && history.read("T2", 0).equals("1=11"),
              List.of(PREVENTED, PREVENTED, PREVENTED)),
          new Script(
              "OTV",
              """
              T1 UPDATE test SET v = 11 WHERE id = 1
              T1 UPDATE test SET v = 19 WHERE id = 2
              T2 UPDATE test SET v = 12 WHERE id = 1
              T1 COMMIT
              T3 SELECT id, v FROM test WHERE id = 1
              T2 UPDATE test SET v = 18 WHERE id = 2
              T3 SELECT id, v FROM test WHERE id = 2
              T2 COMMIT
              T3 SELECT id, v FROM test WHERE id = 2
              T3 SELECT id, v FROM test WHERE id = 1
              T3 COMMIT
              """,
              history ->
                  history.reads("T3").contains("1=11") && !history.read("T3", 1).equals("2=19"),
              List.of(PREVENTED, PREVENTED, PREVENTED)),
          new Script(
              "PMP",
              """
              T1 SELECT id, v FROM test WHERE v = 30
              T2 INSERT INTO test VALUES (3, 30)
              T2 COMMIT
              T1 SELECT id, v FROM test WHERE MOD(v, 3) = 0
              T1 COMMIT
              """,
              history -> history.read("T1", 1).contains("3=30"),
              List.of(ALLOWED, PREVENTED, PREVENTED)),
          new Script(
              "PMP-write",
              """
              T1 UPDATE test SET v = v + 10
              T2 SELECT id, v FROM test WHERE v = 20
              T2 DELETE FROM test WHERE v = 20
              T1 COMMIT
              T2 COMMIT
              """,
              history ->
                  history.committed("T1")
                      && history.committed("T2")
                      && !history.end().equals("2=30"),
              List.of(PREVENTED, PREVENTED, PREVENTED)),
          new Script(
              "P4",
              """
              T1 SELECT id, v FROM test WHERE id = 1
              T2 SELECT id, v FROM test WHERE id = 1
              T1 UPDATE test SET v = 11 WHERE id = 1
              T1 COMMIT
              T2 UPDATE test SET v = 12 WHERE id = 1
              T2 COMMIT
              """,
              history -> history.committed("T1") && history.committed("T2"),
              List.of(ALLOWED, PREVENTED, PREVENTED)),
          new Script(
              "G-single",
              """
              T1 SELECT id, v FROM test WHERE id = 1
              T2 SELECT id, v FROM test
              T2 UPDATE test SET v = 12 WHERE id = 1
              T2 UPDATE test SET v = 18 WHERE id = 2
              T2 COMMIT
              T1 SELECT id, v FROM test WHERE id = 2
              T1 COMMIT
              """,
              history ->
                  history.read("T1", 0).equals("1=10") && history.read("T1", 1).equals("2=18"),
              List.of(ALLOWED, PREVENTED, PREVENTED)),
          new Script(
              "G2-item",
              """
              T1 SELECT id, v FROM test WHERE id IN (1, 2)
              T2 SELECT id, v FROM test WHERE id IN (1, 2)
              T1 UPDATE test SET v = 11 WHERE id = 1
              T2 UPDATE test SET v = 21 WHERE id = 2
              T1 COMMIT
              T2 COMMIT
              """,
              history -> history.committed("T1") && history.committed("T2"),
              List.of(ALLOWED, ALLOWED, PREVENTED)),
          new Script(
              "G2",
              """
              T1 SELECT id, v FROM test WHERE MOD(v, 3) = 0
              T2 SELECT id, v FROM test WHERE MOD(v, 3) = 0
              T1 INSERT INTO test VALUES (3, 30)
              T2 INSERT INTO test VALUES (4, 42)
              T1 COMMIT
              T2 COMMIT
              """,
              history -> history.committed("T1") && history.committed("T2"),
              List.of(ALLOWED, ALLOWED, PREVENTED)));

  private final OrochiCluster cluster;

  HermitageITCase(OrochiCluster cluster) {
    this.cluster = cluster;
  }

  static Stream<Arguments> casesAndLevels() {
    return CASES.stream()
        .flatMap(
            script ->
                Stream.of(0, 1, 2)
                    .map(
                        level ->
                            Arguments.of(script, LEVELS.get(level), script.seen().get(level))));
  }

  @ParameterizedTest(name = "{0} at {1} is {2}")
  @MethodSource("casesAndLevels")
  void anomalyIs(Script script, String level, Script.Seen expected) throws SQLException {
    String database = "hermitage" + DATABASES.incrementAndGet();
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE DATABASE " + database);
      Sql.run(session, "USE " + database);
      // Buckets, because rows of one partition count as changed together.
      Sql.run(
          session,
          "CREATE TABLE test (id INT, v INT) DISTRIBUTED BY HASH(id) INTO 64 BUCKETS"
              + " WITH ('format-version' = '3')");
      Sql.run(session, "INSERT INTO test VALUES (1, 10), (2, 20)");
    }
    Script.History history = script.run(() -> open(database), level);
    assertThat(script.anomaly().test(history) ? ALLOWED : PREVENTED)
        .as("%s at %s:%n%s", script, level, history)
        .isEqualTo(expected);
  }

  private Connection open(String database) throws SQLException {
    Connection session = cluster.flight();
    Sql.run(session, "USE " + database);
    return session;
  }
}
