package io.orochi.gateway.docs;

import io.orochi.gateway.plan.rex.FunctionReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KernelReferenceTest {
  @Test
  void documentsWhatTheKernelRuns() throws Exception {
    String operators =
        FunctionReference.operators().stream()
            .map(name -> "`" + name.replace("|", "\\|") + "`")
            .collect(Collectors.joining(", "));

    new GeneratedFile("docs/kernel-sql.md")
        .isUpToDateWith(PAGE.formatted(operators, FunctionReference.mappings()));
  }

  private static final String PAGE =
      """
      # What the kernel runs

      A SELECT runs on the kernel if the kernel gives Flink's answer in Flink's types, else on Flink.
      `SET 'orochi.execution.engine'` to `kernel` or `flink` forces one. This page is generated from
      the code; each rule is compared with Flink in `KernelMatchesFlinkITCase`.

      ## EXPLAIN

      | section | line | meaning |
      |---|---|---|
      | `Engine` | `kernel: …` or `flink: …` | the engine and why; for Flink the expression or limit |
      | `Tables` | `chunks 2/10` | time ranges read of those the table has |
      | | `shards 1/16` | buckets read of those the table has |
      | | `files 2/160`, `bytes …` | data files opened, and their size |
      | | `snapshot 123` | the version of the table that is read |
      | | `columns …` | the columns that are read |
      | `Kernel SQL` | | the statement the kernel gets |
      | `Flink plan` | | Flink's own EXPLAIN |

      Conditions on a column choose files: comparisons, IN, BETWEEN, LIKE 'text%%', IS NULL, AND and
      OR of these, also on `time_bucket(…, ts)`, `FLOOR(ts TO …)` and with NOW() ± an interval.

      ## Relations

      Joins of all kinds, lateral joins, EXISTS, IN, ANY and scalar subqueries, GROUP BY with grouping
      sets, DISTINCT and FILTER, window functions, ORDER BY, LIMIT, UNION, INTERSECT, EXCEPT, VALUES,
      UNNEST of an array, TUMBLE, HOP and CUMULATE, FOR SYSTEM_TIME AS OF a constant.

      `a ASOF JOIN b ON a.k = b.k AND a.ts >= b.ts` gives each row of `a` the one row of `b` with the same
      keys that is nearest by the inequality (`>=`, `>`, `<=` or `<`, exactly one; any number of `=`); rows of
      `a` without one are left out, or kept with NULL by `ASOF LEFT JOIN`. Among rows of `b` at the same
      time one is taken. Flink has no such join: `EXPLAIN` says so, and a query with it that the kernel does
      not run is an error. It cannot be kept in a view.

      ## Operators and functions

      %s.

      | function | kernel | note |
      |---|---|---|
      %s
      ## Refused, so run by Flink

      Text of DOUBLE and FLOAT, numbers of text, CHAR(n) casts, SUBSTRING from below 1, regular
      expressions, JSON, SIMILAR TO, sums of FLOAT, IN of several columns, hints, local time of columns
      as TIMESTAMP_LTZ where clocks are set back.

      ## Where the engines differ

      - A whole number that overflows wraps in Flink. The kernel notices, and Flink runs the statement;
        with the kernel forced it is an error.
      - Flink rounds times of day before 1970 towards 1970 in CAST to DATE, EXTRACT and FLOOR; the
        kernel takes the calendar.
      - NaN equals itself and is the greatest number in the kernel; in Flink it equals nothing.
      - Sums of DOUBLE depend on the order of rows in both.
      """;
}
