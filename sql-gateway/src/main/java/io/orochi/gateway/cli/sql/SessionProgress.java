package io.orochi.gateway.cli.sql;

import io.orochi.gateway.cli.format.Column;
import io.orochi.gateway.cli.format.ResultFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads {@code info.active_queries} in a session of its own, opened when it is first needed. */
public final class SessionProgress implements ProgressSource {
  /** The same text for every statement, so that the server plans it once. */
  private static final String RUNNING =
      "SELECT query, progress, rows_sent FROM info.active_queries WHERE state = 'running'";

  private final Supplier<SqlSession> open;
  private SqlSession session;

  public SessionProgress(Supplier<SqlSession> open) {
    this.open = open;
  }

  /** Unknown too if several sessions run the same text, since a client knows no query id. */
  @Override
  public Progress of(String sql) {
    if (session == null) {
      session = open.get();
    }
    Rows rows = new Rows();
    session.execute(RUNNING, rows);
    List<Object[]> same =
        rows.all.stream().filter(row -> sql.strip().equals(String.valueOf(row[0]))).toList();
    return same.size() == 1 ? progress(same.get(0)) : Progress.UNKNOWN;
  }

  private static Progress progress(Object[] row) {
    double fraction = row[1] instanceof Number known ? known.doubleValue() : -1;
    return new Progress(fraction, row[2] instanceof Number sent ? sent.longValue() : 0);
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
  }

  private static final class Rows implements ResultFormat {
    private final List<Object[]> all = new ArrayList<>();

    @Override
    public void begin(List<Column> columns) {}

    @Override
    public void row(Object[] values) {
      all.add(values);
    }

    @Override
    public void end() {}
  }
}
