package io.orochi.table.kernel.keys;

import io.orochi.table.kernel.KernelSession;
import io.orochi.table.kernel.sql.SqlText;
import java.util.List;

/**
 * The queries for places of rows.
 *
 * @param fresh a FROM item with the new rows
 */
record KeySql(String fresh, List<String> key) {
  private static final String FILE = SqlText.identifier(KernelSession.FILE_COLUMN);
  private static final String POSITION = SqlText.identifier(KernelSession.POSITION_COLUMN);

  /** Which of several new rows of one key stays. */
  enum Stays {
    FIRST(""),
    LAST(" DESC");

    private final String order;

    Stays(String order) {
      this.order = order;
    }
  }

  /** New rows whose key another new row has, which stays. */
  String repeated(Stays stays) {
    return "SELECT f, p FROM (SELECT %1$s AS f, %2$s AS p, row_number() OVER (PARTITION BY %3$s ORDER BY %1$s%4$s, %2$s%4$s) AS nth FROM %5$s AS fresh) WHERE nth > 1"
        .formatted(FILE, POSITION, columns(), stays.order, fresh);
  }

  /** Rows of the table whose key a new row has. */
  String met(String old) {
    return common(old, fresh);
  }

  /** New rows whose key a row of the table has. */
  String known(String old) {
    return common(fresh, old);
  }

  private String common(String wanted, String other) {
    return "SELECT l.%s, l.%s FROM %s AS l SEMI JOIN %s AS r USING (%s)"
        .formatted(FILE, POSITION, wanted, other, columns());
  }

  private String columns() {
    return String.join(", ", key.stream().map(SqlText::identifier).toList());
  }
}
