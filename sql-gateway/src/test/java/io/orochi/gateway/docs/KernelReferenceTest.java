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
        .isUpToDateWith(
            PAGE.formatted(
                operators,
                FunctionReference.mappings(),
                String.join(", ", FunctionReference.ofFlink())));
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
      | `Tables` | `chunks 2/10` | time ranges read of those that hold rows |
      | | `shards 1/16` | buckets read of those that hold rows |
      | | `files 2/160`, `bytes …` | data files opened, and their size |
      | | `tier hot on local: chunks 2, files 2, …` | what is read by tier, as `info.chunks` tells it (`unknown` outside the table's location), and by what holds it: `local`, `s3`, … |
      | | `snapshot 123` | the version of the table that is read |
      | | `columns …` | the columns that are read |
      | | `told by the metadata of 12 files` | files that need not be read for COUNT, MIN and MAX |
      | `Change` | `delete orochi.default.t: files that may lose rows 2/40, …` | of INSERT, UPDATE, DELETE and MERGE: what happens to which table; without ANALYZE nothing is changed |
      | `Kernel SQL` | | the statement the kernel gets |
      | `Flink plan` | | Flink's own EXPLAIN |
      | `Actual` | `rows …`, `files verified …` | EXPLAIN ANALYZE only: what running it has shown; of a kept answer no files |
      | | `file copies found 3, fetched 1 (…), not needed 5` | files on S3 are read from copies: those there before, those made for this query; local files need none |
      | | `result cache: hit`, `miss`, `not used` | whether the answer was there before |
      | | `plan: new`, `cached`, `tree cached` | how much of the plan was kept from before |
      | | `parse …, plan …, prune …, verify …, execute …, fetch …` | the time of each stage |

      `EXPLAIN ANALYZE` runs a query and drops its rows. Before INSERT, UPDATE, DELETE and MERGE it makes
      the change, in a transaction too, and `Actual` tells its rows, the snapshot it was committed as, the
      files added and removed, and the time of planning, execution and commit. `EXPLAIN (ANALYZE, FORMAT
      JSON)` and `EXPLAIN (FORMAT JSON)` give the same as JSON; `EXPLAIN JSON_EXECUTION_PLAN` is Flink's own. `info.active_queries` shows what runs, and `CALL
      sys.cancel_query(…)` stops it.

      Conditions on a column choose files: comparisons, IN, BETWEEN, LIKE 'text%%', IS NULL, AND and
      OR of these, also on `time_bucket(…, ts)`, `FLOOR` and `CEIL(ts TO …)`, `CAST(ts AS DATE)`,
      `EXTRACT(YEAR FROM ts)`, `DATE_FORMAT(ts, 'yyyy-MM-dd') = …`, `ts + INTERVAL …` and with NOW()
      ± an interval.

      Files are left out for more reasons:

      - COUNT, MIN and MAX over a whole table, or under conditions that are true for all rows of a
        file, are told by its metadata: not of files with deleted rows, and MIN and MAX only of whole
        numbers, DECIMAL, DATE and timestamps, because bounds of texts may be cut and those of DOUBLE
        leave NaN out.
      - `ORDER BY ts DESC LIMIT n` looks into the files with the newest rows first and stops when it
        has them; so it is with any column of those types, also ascending if it is NOT NULL.
      - `first(v, ts)` and `last(v, ts)` of a whole table, also several of them, with MIN and MAX, read the
        files that may hold the rows at the ends. Without a condition metadata tells which these are; with
        one the files at the ends are asked first, as for `ORDER BY`.
      - `=` and IN on a column of the table option `orochi.bloom-filter` look into the files' bloom filters;
        `EXPLAIN ANALYZE` shows the files that are left, `EXPLAIN` those before. In the files that are
        left the filters choose row groups. Only files whose digest has been compared are asked.
      - A join on equal columns first asks the side that is at least four times smaller for its keys.
        `EXPLAIN ANALYZE` shows the files that are left then, `EXPLAIN` those before.

      ## Answers that are kept

      A query that has no clock, chance, `info` view, changelog or metadata table in it gets the answer
      that the same query had on the same snapshots of its tables, from `kernel.result-cache` bytes of
      the server's memory, the least recently used of which leave first. After a commit the tables are
      other snapshots, so that no answer is stale; inside a transaction none is given or kept.
      `info.query_cache` shows them, `SET 'orochi.execution.result-cache' = 'off'` computes anew.

      ## Relations

      Joins of all kinds, lateral joins, EXISTS, IN, ANY and scalar subqueries, GROUP BY with grouping
      sets, DISTINCT and FILTER, window functions, ORDER BY, LIMIT, UNION, INTERSECT, EXCEPT, VALUES,
      UNNEST of an array, FOR SYSTEM_TIME AS OF a constant; TUMBLE, HOP, CUMULATE and SESSION of a table,
      and GROUP BY TUMBLE, HOP and SESSION.

      Flink has SESSION in streams only. Here it gives in batch what a stream gives that drops no row as
      late: rows of a key are in one window while none is later than the one before it by more than the
      gap, `window_end` is the last of them plus the gap, and times are counted in milliseconds.
      `FROM TABLE(SESSION(TABLE t PARTITION BY k, DESCRIPTOR(ts), INTERVAL '5' MINUTE))` or
      `GROUP BY k, SESSION(ts, INTERVAL '5' MINUTE)` with SESSION_START, SESSION_END and SESSION_ROWTIME.
      What the kernel does not run of it is an error.

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
      The kernel calls Flink's own code, row by row, for %s, for casts of text to DATE, TIMESTAMP and
      TIMESTAMP_LTZ, and of DOUBLE and FLOAT to text. A regular expression that is written in the query
      and made of what both engines understand alike (characters, classes of ASCII characters, groups,
      alternatives, `^`, `$`, `\\b`, quantifiers of what is never empty) is the kernel's own for texts
      of ASCII characters, which is several times faster.

      ## Refused, so run by Flink

      CHAR(n) casts, SUBSTRING from below 1, JSON_QUERY and other JSON functions, JSON_VALUE with clauses,
      sums of FLOAT, IN of several columns, hints, local time of columns as TIMESTAMP_LTZ where clocks are
      set back.

      CAST and TRY_CAST of text to numbers and BOOLEAN run on the kernel while the texts are plain (`-12`,
      ` 12.75 `, `1e-3`). At a text that Flink may read otherwise (`12d`, `0x1p3`, `1e2` as DECIMAL), and at
      one that CAST cannot read, the kernel stops and Flink runs the statement.

      ## Where the engines differ

      - A whole number that overflows wraps in Flink. The kernel notices, and Flink runs the statement;
        with the kernel forced it is an error.
      - Flink rounds times of day before 1970 towards 1970 in CAST to DATE or TIMESTAMP(0), EXTRACT and FLOOR; the
        kernel takes the calendar.
      - NaN equals itself and is the greatest number in the kernel; in Flink it equals nothing, and MAX and
        MIN leave it out if a number came before. -0.0 is 0.0 in the kernel; Flink's GROUP BY, DISTINCT, IN,
        UNION, INTERSECT and EXCEPT keep the two apart.
      - Nothing but the empty text is LIKE '' in the kernel; to Flink every text is.
      - A grouping set given twice (`GROUP BY g, ROLLUP(g, o)`) has its groups twice in the kernel; Flink
        repeats the groups of all keys instead. Flink loses the rows for which `LATERAL (SELECT COUNT(*) …)`
        counts none, and forgets HAVING in `EXISTS (SELECT … HAVING …)`.
      - LPAD and RPAD count characters in the kernel; Flink counts those beyond U+FFFF twice.
      - Windows over a TIMESTAMP_LTZ of more than three digits are wrong in Flink (2024 becomes 1975), and
        it has no GROUP BY of windows over any TIMESTAMP_LTZ; the kernel counts them on the session's clock,
        if that is never set back.
      - Sums of DOUBLE depend on the order of rows in both.
      - `m[key]` of a map that has not that key, and no NULL values by its type, is NULL in SQL; Flink makes
        another value of it, and is left to.

      ## Where PostgreSQL answers otherwise

      `PostgresOpinionITCase` asks PostgreSQL the same random queries as the kernel. Both agree but for
      rules that are Flink's, and each of these is a case there: AVG of whole numbers is a whole number;
      a quotient of DECIMAL has a scale of its own; GREATEST and LEAST of a NULL are NULL; a DATE plus days
      is a DATE; Sunday is day 1; EXTRACT of seconds cuts fractions off; FIRST_VALUE and LAST_VALUE skip
      NULL; NULL is the least value in ORDER BY; a CAST to a whole number cuts off; a number that its
      DECIMAL cannot hold becomes NULL; ROLLUP, CUBE and GROUPING SETS of no rows have no row of totals.
      """;
}
