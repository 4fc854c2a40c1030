package io.orochi.table.kernel;

import io.orochi.table.kernel.exec.KernelFailures;
import io.orochi.table.kernel.exec.MappedArrowReader;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;

/** A result that DuckDB still computes. */
final class DuckResult implements KernelResult {
  private final Statement statement;
  private final DuckDBResultSet rows;
  private final KernelFailures failures;
  private final Consumer<Ending> onClose;
  private MappedArrowReader reader;
  private boolean closed;

  /** What is left of a closed result. */
  enum Ending {
    ALL_READ,
    UNREAD
  }

  DuckResult(
      Statement statement,
      DuckDBResultSet rows,
      KernelFailures failures,
      Consumer<Ending> onClose) {
    this.statement = statement;
    this.rows = rows;
    this.failures = failures;
    this.onClose = onClose;
  }

  @Override
  public ArrowReader arrow(BufferAllocator allocator, int batchRows) {
    try {
      ArrowReader batches = (ArrowReader) rows.arrowExportStream(allocator, batchRows);
      reader = new MappedArrowReader(batches, allocator, failures);
      return reader;
    } catch (SQLException e) {
      throw failures.map(e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    onClose.accept(reader != null && reader.isAtEnd() ? Ending.ALL_READ : Ending.UNREAD);
    try {
      rows.close();
      statement.close();
    } catch (SQLException e) {
      throw failures.map(e);
    }
  }
}
