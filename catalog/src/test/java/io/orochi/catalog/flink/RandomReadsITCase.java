package io.orochi.catalog.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random conditions and columns: what the kernel takes over against what Flink computes from
 * Iceberg's source. One statement holds many, because a job costs more than a scan.
 */
class RandomReadsITCase {
  private static final int CONDITIONS = 40;

  @RegisterExtension static final MiniClusterExtension CLUSTER = TestingSession.cluster();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void conditionsKeepTheSameRows(long seed, @TempDir Path folder) {
    Random random = new Random(seed);
    TestingSession session = new TestingSession(folder);
    session.run("CREATE DATABASE db");
    session.environment().useDatabase("db");
    session.run(
        "CREATE TABLE t (i INT, l BIGINT, d DOUBLE, n DECIMAL(7, 2), s STRING, b BOOLEAN,"
            + " dt DATE, ts TIMESTAMP(6)) WITH ('orochi.chunk-interval' = '1 d',"
            + " 'orochi.hypertable' = 'ts')");
    for (int commit = 0; commit < 3; commit++) {
      session.run("INSERT INTO t VALUES " + rows(random));
    }
    String query =
        IntStream.range(0, CONDITIONS)
            .mapToObj(
                i ->
                    "SELECT %d AS q, COUNT(*), SUM(i), SUM(l), MAX(s), MIN(ts) FROM t WHERE %s"
                        .formatted(i, condition(random, 3)))
            .collect(Collectors.joining(" UNION ALL "));
    session.environment().getConfig().set("orochi.execution.kernel-source", "false");
    List<String> expected = session.run(query);
    session.environment().getConfig().set("orochi.execution.kernel-source", "true");
    assertThat(session.run(query)).as(query).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(expected).hasSize(CONDITIONS);
  }

  private static String rows(Random random) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(
          "(%s, %s, %s, %s, %s, %s, %s, %s)"
              .formatted(
                  orNull(random, whole(random), "INT"),
                  orNull(random, "CAST(" + whole(random) + " AS BIGINT)", "BIGINT"),
                  orNull(random, approximate(random), "DOUBLE"),
                  orNull(random, "CAST(" + decimal(random) + " AS DECIMAL(7, 2))", "DECIMAL(7, 2)"),
                  orNull(random, text(random), "STRING"),
                  orNull(random, random.nextBoolean() ? "true" : "false", "BOOLEAN"),
                  orNull(random, date(random), "DATE"),
                  orNull(random, timestamp(random), "TIMESTAMP(6)")));
    }
    return String.join(", ", rows);
  }

  private static String orNull(Random random, String value, String type) {
    return random.nextInt(8) == 0 ? "CAST(NULL AS " + type + ")" : value;
  }

  private static String condition(Random random, int depth) {
    if (depth > 0 && random.nextInt(3) > 0) {
      String left = condition(random, depth - 1);
      String right = condition(random, depth - 1);
      return switch (random.nextInt(4)) {
        case 0 -> "NOT (" + left + ")";
        case 1 -> "(" + left + ") IS TRUE";
        case 2 -> "(" + left + " AND " + right + ")";
        default -> "(" + left + " OR " + right + ")";
      };
    }
    return leaf(random);
  }

  private static String leaf(Random random) {
    String operator = List.of("=", "<>", "<", "<=", ">", ">=").get(random.nextInt(6));
    return switch (random.nextInt(14)) {
      case 0 -> "i " + operator + " " + whole(random);
      case 1 -> whole(random) + " " + operator + " l";
      case 2 -> "d " + operator + " " + approximate(random);
      case 3 -> "n " + operator + " " + decimal(random);
      case 4 -> "s " + operator + " " + text(random);
      case 5 -> "dt " + operator + " " + date(random);
      case 6 -> "ts " + operator + " " + timestamp(random);
      case 7 -> random.nextBoolean() ? "b" : "NOT b";
      case 8 -> "i IN (%s, %s, %s)".formatted(whole(random), whole(random), whole(random));
      case 9 -> "s LIKE '%s%%'".formatted((char) ('a' + random.nextInt(4)));
      case 10 -> "i " + operator + " l";
      case 11 -> "n BETWEEN %s AND %s".formatted(decimal(random), decimal(random));
      case 12 -> List.of("i", "d", "s", "ts").get(random.nextInt(4)) + " IS NULL";
      default -> "MOD(i, 3) " + operator + " 1";
    };
  }

  private static String whole(Random random) {
    return Integer.toString(random.nextInt(41) - 20);
  }

  private static String approximate(Random random) {
    return "CAST(" + (random.nextInt(41) - 20) * 0.25 + " AS DOUBLE)";
  }

  private static String decimal(Random random) {
    return String.valueOf((random.nextInt(4001) - 2000) / 100.0);
  }

  private static String text(Random random) {
    return "'" + List.of("a", "ab", "b", "Ä", "", "c'").get(random.nextInt(5)) + "'";
  }

  private static String date(Random random) {
    return "DATE '2024-01-%02d'".formatted(1 + random.nextInt(5));
  }

  private static String timestamp(Random random) {
    return "TIMESTAMP '2024-01-%02d %02d:00:00.%06d'"
        .formatted(1 + random.nextInt(5), random.nextInt(24), random.nextInt(3) * 500_000);
  }
}
