package io.orochi.sketches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The functions as the planner sees them: types, two-phase aggregation, streaming state. */
class SketchFunctionsITCase {
  enum Mode {
    BATCH,
    STREAMING
  }

  private static final String MERGED =
      """
      SELECT hll_estimate(hll_union(h)), hll_bounds(hll_union(h)).`lower` FROM (
        SELECT g, hll_sketch(s, 14) AS h FROM v GROUP BY g)""";

  @ParameterizedTest
  @EnumSource(Mode.class)
  void countsEveryType(Mode mode) throws Exception {
    String sql =
        """
        SELECT approx_count_distinct(g), APPROX_COUNT_DISTINCT(s), approx_count_distinct(d),
          approx_count_distinct(day_), approx_count_distinct(ts),
          approx_count_distinct(CAST(g AS BIGINT)) FILTER (WHERE s = 'a'),
          approx_count_distinct(CAST(s AS BYTES))
        FROM v""";
    assertThat(last(environment(mode), sql)).hasToString("+I[2, 3, 2, 2, 4, 1, 3]");
  }

  @Test
  void mergesTheSummariesOfGroups() throws Exception {
    Row merged = last(environment(Mode.BATCH), MERGED);
    assertThat((Double) merged.getField(0)).isBetween(2.99, 3.01);
    assertThat((Double) merged.getField(1)).isBetween(2.99, 3.01);
  }

  /** A summary cannot forget, so it cannot follow groups that change. */
  @Test
  void aStreamOfChangingSummariesIsRefusedWhenPlanned() {
    assertThatThrownBy(() -> last(environment(Mode.STREAMING), MERGED))
        .hasMessageContaining("Could not find an implementation method 'retract'");
  }

  @Test
  void aValueOfAStructuredTypeIsRefusedWhenPlanned() {
    assertThatThrownBy(
            () ->
                environment(Mode.BATCH)
                    .executeSql("SELECT approx_count_distinct(ARRAY[1]) FROM (VALUES (1)) AS t(x)"))
        .hasStackTraceContaining("Values of type ARRAY<INT NOT NULL> NOT NULL cannot be counted.");
  }

  @Test
  void aPrecisionOutOfBoundsFailsTheQueryWithTheBound() {
    assertThatThrownBy(
            () ->
                last(environment(Mode.BATCH), "SELECT hll_sketch(x, 22) FROM (VALUES (1)) AS t(x)"))
        .hasStackTraceContaining("OROCHI-2002: Invalid lg_k of hll_sketch: 22");
  }

  private static TableEnvironment environment(Mode mode) {
    EnvironmentSettings.Builder settings = EnvironmentSettings.newInstance();
    TableEnvironment environment =
        TableEnvironment.create(
            (mode == Mode.BATCH ? settings.inBatchMode() : settings.inStreamingMode()).build());
    environment.getConfig().set("parallelism.default", "2");
    environment.executeSql(
        """
        CREATE TEMPORARY VIEW v AS
        SELECT * FROM (VALUES
          (1, 'a', 1.5, DATE '2026-11-21', TIMESTAMP '2026-11-21 00:00:00'),
          (1, 'b', 2.5, DATE '2026-11-21', TIMESTAMP '2026-11-21 00:00:01'),
          (2, '',  2.50, DATE '2026-11-22', TIMESTAMP '2026-11-21 00:00:02'),
          (2, CAST(NULL AS STRING), 2.5, DATE '2026-11-22', TIMESTAMP '2026-11-21 00:00:03'))
          AS t(g, s, d, day_, ts)""");
    SketchFunctions.all()
        .forEach(
            (name, function) ->
                environment.createTemporarySystemFunction(name, (UserDefinedFunction) function));
    return environment;
  }

  private static Row last(TableEnvironment environment, String sql) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> results = environment.executeSql(sql).collect()) {
      results.forEachRemaining(rows::add);
    }
    Row last = rows.get(rows.size() - 1);
    last.setKind(RowKind.INSERT);
    return last;
  }
}
