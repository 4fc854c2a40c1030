package io.orochi.gateway.plan.check;

import io.orochi.gateway.plan.sql.ParsedVisitor;
import io.orochi.gateway.plan.sql.Parsing;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** What Flink silently misreads, or never comes back from, is refused before Flink sees it. */
public final class StatementChecks {
  private StatementChecks() {}

  /**
   * Returns if there is nothing to refuse, also when the text does not parse (Flink will say so).
   *
   * @throws OrochiException SQL_INVALID, STATEMENT_TOO_LARGE
   */
  public static void check(String sql) {
    boolean intervals = mayHold(sql, "week") || mayHold(sql, "quarter");
    boolean grows = mayHold(sql, "with ") || mayHold(sql, "with\n") || mayHold(sql, "cube");
    if (!intervals && !grows) {
      return;
    }
    Optional<SqlNodeList> parsed = Parsing.tryParse(sql);
    parsed.ifPresent(
        statements -> {
          statements.accept(new IntervalCheck());
          statements.forEach(statement -> new Expansion().check(statement));
        });
  }

  /** The same for a part of a statement. */
  public static void check(SqlNode part) {
    part.accept(new IntervalCheck());
  }

  private static boolean mayHold(String sql, String word) {
    int last = sql.length() - word.length();
    for (int i = 0; i <= last; i++) {
      if (sql.regionMatches(true, i, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  /** Flink reads a week as one hour and a quarter as one month. */
  private static final class IntervalCheck extends ParsedVisitor {
    @Override
    public Void visit(org.apache.calcite.sql.SqlLiteral literal) {
      if (literal instanceof org.apache.calcite.sql.SqlIntervalLiteral interval
          && interval.getValue()
              instanceof org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue value) {
        refuse(value.getIntervalQualifier());
      }
      return null;
    }

    private static void refuse(SqlIntervalQualifier unit) {
      if (unit.timeUnitRange.startUnit == TimeUnit.WEEK) {
        throw misread("WEEK", "INTERVAL '7' DAY");
      }
      if (unit.timeUnitRange.startUnit == TimeUnit.QUARTER) {
        throw misread("QUARTER", "INTERVAL '3' MONTH");
      }
    }

    private static OrochiException misread(String unit, String instead) {
      return OrochiException.of(
              OrochiErrorCode.SQL_INVALID, "Cannot use an interval of unit " + unit)
          .withDetail("Flink SQL reads INTERVAL … " + unit + " as a different length of time.")
          .withHint(
              "Write " + instead + " for one " + unit.toLowerCase(java.util.Locale.ROOT) + ".");
    }
  }
}
