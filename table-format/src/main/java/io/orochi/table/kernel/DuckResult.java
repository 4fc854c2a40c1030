package io.orochi.table.kernel;

import io.orochi.table.kernel.exec.KernelFailures;
import io.orochi.table.kernel.exec.MappedArrowReader;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;

/** A result that DuckDB still computes. */
final class DuckResult implements KernelResult {
  private final Statement statement;
  private final DuckDBResultSet rows;
  private final KernelFailures failures;
  private final Runnable onClose;

  DuckResult(Statement statement, DuckDBResultSet rows, KernelFailures failures, Runnable onClose) {
    this.statement = statement;
    this.rows = rows;
    this.failures = failures;
    this.onClose = onClose;
  }

  @Override
  public ArrowReader arrow(BufferAllocator allocator, int batchRows) {
    try {
      ArrowReader reader = (ArrowReader) rows.arrowExportStream(allocator, batchRows);
      return new MappedArrowReader(reader, allocator, failures);
    } catch (SQLException e) {
      throw failures.map(e);
    }
  }

  @Override
  public void close() {
    onClose.run();
    try {
      rows.close();
      statement.close();
    } catch (SQLException e) {
      throw failures.map(e);
    }
  }
}
