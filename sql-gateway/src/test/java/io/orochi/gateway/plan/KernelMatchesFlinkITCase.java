package io.orochi.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every rule of the generator gives Flink's values and types. */
class KernelMatchesFlinkITCase {
  private static final double TOLERANCE = 1e-12;

  /** One cluster for all jobs: starting one per query would take most of the time. */
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> numbers() {
    return expressions("numbers.txt", "view_t.sql", "UTC");
  }

  @TestFactory
  Stream<DynamicTest> texts() {
    return expressions("texts.txt", "view_t.sql", "UTC");
  }

  @TestFactory
  Stream<DynamicTest> containers() {
    return expressions("containers.txt", "view_containers.sql", "UTC");
  }

  @TestFactory
  Stream<DynamicTest> conditions() {
    return expressions("conditions.txt", "view_t.sql", "UTC");
  }

  @TestFactory
  Stream<DynamicTest> times() {
    return expressions("times.txt", "view_t.sql", "UTC");
  }

  @TestFactory
  Stream<DynamicTest> zonedTimes() {
    return Stream.of("UTC", "Europe/Berlin", "America/New_York")
        .flatMap(zone -> expressions("zoned_times.txt", "view_zoned.sql", zone));
  }

  @TestFactory
  Stream<DynamicTest> queries() {
    try (TestingEngines engines = new TestingEngines(folder, ZoneId.of("UTC"))) {
      lines("views_ab.sql").forEach(engines.env()::executeSql);
      List<DynamicTest> tests = new ArrayList<>();
      for (String query : lines("queries.txt")) {
        List<List<Object>> kernel = ordered(query, engines.onKernel(query));
        List<List<Object>> flink = ordered(query, engines.onFlink(query));
        tests.add(DynamicTest.dynamicTest(query, () -> requireSameRows(kernel, flink)));
      }
      return tests.stream();
    }
  }

  /** Flink repeats the groups of both keys. */
  @Test
  void aGroupingSetGivenTwiceHasItsGroupsTwice() {
    try (TestingEngines engines = new TestingEngines(folder, ZoneId.of("UTC"))) {
      String query =
          "SELECT g, o, COUNT(*) FROM (VALUES ('a', 1), ('a', 2)) AS t(g, o)"
              + " GROUP BY g, ROLLUP(g, o) HAVING COUNT(*) > 1";
      assertThat(engines.onKernel(query).toString()).isEqualTo("[[a, null, 2], [a, null, 2]]");
    }
  }

  /** All expressions in one SELECT, so that Flink starts one job. */
  private Stream<DynamicTest> expressions(String file, String view, String zone) {
    try (TestingEngines engines = new TestingEngines(folder, ZoneId.of(zone))) {
      lines(view).forEach(engines.env()::executeSql);
      List<String> expressions = lines(file);
      String query = "SELECT " + String.join(", ", expressions) + " FROM t ORDER BY id";
      List<List<Object>> kernel = engines.onKernel(query);
      List<List<Object>> flink = engines.onFlink(query);
      return IntStream.range(0, expressions.size())
          .mapToObj(
              i ->
                  DynamicTest.dynamicTest(
                      expressions.get(i) + " in " + zone,
                      () -> requireSameRows(column(kernel, i), column(flink, i))));
    }
  }

  private static List<List<Object>> column(List<List<Object>> rows, int index) {
    return rows.stream().map(row -> row.subList(index, index + 1)).toList();
  }

  private static List<List<Object>> ordered(String query, List<List<Object>> rows) {
    return query.contains("ORDER BY")
        ? rows
        : rows.stream().sorted(Comparator.comparing(Object::toString)).toList();
  }

  private static void requireSameRows(List<List<Object>> kernel, List<List<Object>> flink) {
    assertThat(kernel).hasSameSizeAs(flink);
    for (int row = 0; row < kernel.size(); row++) {
      for (int column = 0; column < kernel.get(row).size(); column++) {
        requireSame(kernel.get(row).get(column), flink.get(row).get(column));
      }
    }
  }

  /** The class tells the type: 1 is not 1.0 and 1.0 is not 1.00. */
  private static void requireSame(Object kernel, Object flink) {
    if (kernel instanceof Double a && flink instanceof Double b && !a.isInfinite()) {
      assertThat(a).isCloseTo(b, Percentage.withPercentage(TOLERANCE * 100));
    } else {
      assertThat(kernel).isEqualTo(flink);
    }
  }

  private static List<String> lines(String file) {
    try (InputStream in = KernelMatchesFlinkITCase.class.getResourceAsStream("/plan/" + file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
