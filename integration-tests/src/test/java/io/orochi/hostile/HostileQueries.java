package io.orochi.hostile;

import static io.orochi.hostile.HostileQuery.answered;
import static io.orochi.hostile.HostileQuery.either;
import static io.orochi.hostile.HostileQuery.refused;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Statements over the table {@code t}, whose column {@code v} counts from 0 to 9,999. */
final class HostileQueries {
  private static final Set<Integer> DEEP = Set.of(HostileQuery.INVALID);
  private static final int LONG = (1 << 20) + 1;

  private HostileQueries() {}

  static List<HostileQuery> all() {
    return Stream.of(deep(), lengthy(), wide(), growing(), large()).flatMap(List::stream).toList();
  }

  private static List<HostileQuery> deep() {
    return List.of(
        either("10,000 parentheses", "1", DEEP, "SELECT " + nested("(", 10_000, "1", ")")),
        either("10,000 NOTs", "true", DEEP, "SELECT " + "NOT ".repeat(10_000) + "TRUE"),
        either("10,000 minus signs", "1", DEEP, "SELECT " + "- ".repeat(10_000) + "1"),
        either("10,000 additions", "10001", DEEP, "SELECT 1" + "+1".repeat(10_000)),
        either(
            "10,000 additions of a column",
            "99999999",
            DEEP,
            "SELECT MAX(v" + "+v".repeat(10_000) + ") FROM t"),
        either(
            "10,000 ANDs",
            "100",
            DEEP,
            "SELECT COUNT(*) FROM t WHERE "
                + list(10_000, i -> "v >= 0", " AND ")
                + " AND v < 100"),
        either(
            "10,000 ORs",
            "0",
            DEEP,
            "SELECT COUNT(*) FROM t WHERE " + list(10_000, i -> "v > 1" + (i + 10_000), " OR ")),
        either(
            "1,000 subqueries in FROM",
            "10000",
            DEEP,
            "SELECT COUNT(*) FROM " + nested("(SELECT v FROM ", 1_000, "t", ")")),
        either(
            "1,000 scalar subqueries", "1", DEEP, "SELECT " + nested("(SELECT ", 1_000, "1", ")")),
        either(
            "1,000 CASEs in one another",
            "0",
            DEEP,
            "SELECT MIN("
                + nested("CASE WHEN v = 1 THEN 1 ELSE ", 1_000, "0", " END")
                + ") FROM t"));
  }

  private static List<HostileQuery> lengthy() {
    return List.of(
        answered(
            "10,000 numbers in IN",
            "10000",
            "SELECT COUNT(*) FROM t WHERE v IN (" + list(10_000, i -> "" + i, ",") + ")"),
        answered(
            "10,000 numbers in NOT IN",
            "0",
            "SELECT COUNT(*) FROM t WHERE v NOT IN (" + list(10_000, i -> "" + i, ",") + ")"),
        answered(
            "a text of a million characters",
            "1000000",
            "SELECT CHAR_LENGTH('" + "x".repeat(1_000_000) + "')"),
        refused("a longer text", HostileQuery.TOO_LARGE, "SELECT '" + "x".repeat(LONG) + "'"),
        refused("a text without end", HostileQuery.TOO_LARGE, "SELECT '" + "x".repeat(LONG)),
        refused("a long name", HostileQuery.TOO_LARGE, "SELECT 1 AS " + "x".repeat(LONG)),
        refused("a long comment", HostileQuery.TOO_LARGE, "SELECT 1 /* " + "x".repeat(LONG) + "*/"),
        refused("a quote without end", HostileQuery.SYNTAX, "SELECT 'x"));
  }

  private static List<HostileQuery> wide() {
    return List.of(
        answered(
            "2,000 columns",
            "0",
            "SELECT " + list(2_000, i -> "v + " + i + " AS c" + i, ", ") + " FROM t WHERE v = 0"),
        answered(
            "10,000 rows of VALUES",
            "10000",
            "SELECT COUNT(*) FROM (VALUES " + list(10_000, i -> "(" + i + ")", ",") + ") AS x(v)"),
        either(
            "1,000 SELECTs in one UNION",
            "1000",
            DEEP,
            "SELECT COUNT(*) FROM ("
                + list(1_000, i -> "SELECT " + i + " AS x", " UNION ALL ")
                + ")"),
        answered(
            "50 joins of one table",
            "10",
            "SELECT COUNT(*) FROM t t0 "
                + IntStream.range(1, 50)
                    .mapToObj(i -> "JOIN t t%d ON t%d.v = t%d.v".formatted(i, i, i - 1))
                    .collect(Collectors.joining(" "))
                + " WHERE t0.v < 10"),
        answered(
            "a pattern of 60 wild cards",
            "0",
            "SELECT COUNT(*) FROM t WHERE LPAD('a', 1000, 'a') LIKE '"
                + "%a".repeat(60)
                + "%b' OR v < 0"));
  }

  private static List<HostileQuery> growing() {
    return List.of(
        refused("WITH queries that double 30 times", HostileQuery.TOO_LARGE, doubling(30)),
        answered("WITH queries that double 5 times", "32", doubling(5)),
        refused("CUBE of 20 columns", HostileQuery.TOO_LARGE, cube(20)),
        either("CUBE of 8 columns", "18639", Set.of(HostileQuery.OUT_OF_MEMORY), cube(8)));
  }

  private static List<HostileQuery> large() {
    Set<Integer> memory = Set.of(HostileQuery.OUT_OF_MEMORY, HostileQuery.TOO_LONG);
    return List.of(
        refused(
            "a cross join of 10^12 rows",
            HostileQuery.TOO_LONG,
            "SELECT COUNT(*) FROM t a, t b, t c WHERE a.v + b.v + c.v = 7"),
        either(
            "10^7 groups",
            "10000000",
            memory,
            "SELECT COUNT(*) FROM (SELECT a.v * 10000 + b.v AS k FROM t a, t b WHERE a.v < 1000"
                + " GROUP BY a.v * 10000 + b.v)"),
        either(
            "a sort of 1 GiB",
            "9999995",
            memory,
            "SELECT COUNT(*) FROM (SELECT s, ROW_NUMBER() OVER (ORDER BY s, k) AS n FROM (SELECT"
                + " LPAD(MD5(LEFT('abcdefgh', 1 + CHAR_LENGTH('a'))), 100, 'x') AS s, a.v * 10000 +"
                + " b.v AS k FROM t a, t b WHERE a.v < 1000)) WHERE n > 5 AND s > ''"),
        either(
            "a text aggregated from 10^7 rows",
            "1000000000",
            memory,
            "SELECT CHAR_LENGTH(LISTAGG(LPAD('a', 99, 'b'))) FROM t a, t b WHERE a.v < 1000"),
        refused(
            "a text of 10^15 characters",
            HostileQuery.JOB_FAILED,
            "SELECT CHAR_LENGTH(REPEAT(REPEAT('xxxxxxxxxx', 100000), 1000000000)) FROM t"));
  }

  private static String doubling(int times) {
    return "WITH c0 AS (SELECT v FROM t)"
        + IntStream.rangeClosed(1, times)
            .mapToObj(
                i ->
                    ", c%d AS (SELECT * FROM c%d UNION ALL SELECT * FROM c%d)"
                        .formatted(i, i - 1, i - 1))
            .collect(Collectors.joining())
        + " SELECT COUNT(*) FROM c"
        + times
        + " WHERE v = 1";
  }

  private static String cube(int columns) {
    String names = list(columns, i -> "c" + i, ", ");
    return "SELECT COUNT(*) FROM (SELECT "
        + names
        + " FROM (SELECT "
        + list(columns, i -> "MOD(v, " + (i + 2) + ") AS c" + i, ", ")
        + " FROM t WHERE v < 100) GROUP BY CUBE ("
        + names
        + "))";
  }

  private static String nested(String open, int times, String inside, String close) {
    return open.repeat(times) + inside + close.repeat(times);
  }

  private static String list(int count, IntFunction<String> item, String separator) {
    return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(separator));
  }
}
