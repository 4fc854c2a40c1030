package io.orochi.gateway.cli.sql;

import io.orochi.gateway.cli.format.Column;
import io.orochi.gateway.cli.format.ResultFormat;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * Answers every statement with its own text in one row. {@code FAIL} fails, {@code BLOCK} waits for
 * {@link #cancel}.
 */
final class TestingSession implements SqlSession {
  final List<String> statements = new CopyOnWriteArrayList<>();
  final CountDownLatch blocked = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);

  @Override
  public long execute(String sql, ResultFormat format) {
    statements.add(sql);
    if (sql.startsWith("FAIL")) {
      throw OrochiException.of(OrochiErrorCode.SQL_INVALID, "Cannot run it").withHint("Try again.");
    }
    if (sql.startsWith("BLOCK")) {
      blocked.countDown();
      awaitCancel();
      throw OrochiException.of(OrochiErrorCode.QUERY_CANCELLED, "Cancelled the statement");
    }
    format.begin(List.of(new Column("statement", false)));
    format.row(new Object[] {sql});
    format.end();
    return 1;
  }

  @Override
  public void cancel() {
    cancelled.countDown();
  }

  @Override
  public List<TableName> tables() {
    return List.of(
        new TableName("plant", "readings", "TABLE"),
        new TableName("info", "chunks", "VIEW"),
        new TableName("default", "cpu", "TABLE"));
  }

  @Override
  public void close() {}

  private void awaitCancel() {
    try {
      cancelled.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
