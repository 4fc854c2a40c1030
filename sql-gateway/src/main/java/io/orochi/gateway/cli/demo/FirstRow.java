package io.orochi.gateway.cli.demo;

import io.orochi.gateway.cli.format.Column;
import io.orochi.gateway.cli.format.ResultFormat;
import io.orochi.gateway.cli.sql.SqlSession;
import java.util.List;

/** Keeps the first row of a result instead of printing it. */
final class FirstRow implements ResultFormat {
  private Object[] values;

  private FirstRow() {}

  /** Null where the query returned NULL. */
  static Object[] of(SqlSession session, String sql) {
    FirstRow row = new FirstRow();
    session.execute(sql, row);
    if (row.values == null) {
      throw new IllegalStateException("No row from: " + sql);
    }
    return row.values;
  }

  @Override
  public void begin(List<Column> columns) {}

  @Override
  public void row(Object[] row) {
    if (values == null) {
      values = row;
    }
  }

  @Override
  public void end() {}
}
