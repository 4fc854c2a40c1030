package io.orochi.gateway.statement.result;

import io.orochi.gateway.kernel.KernelCursor;
import io.orochi.gateway.statement.arrow.ArrowReads;
import io.orochi.gateway.statement.running.RunningStatement;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.CloseableIterator;

/** The rows of a kernel query that is a part of its statement. One thread. */
public final class CursorRows implements CloseableIterator<RowData> {
  private final KernelCursor cursor;
  private final ResolvedSchema schema;
  private final RunningStatement statement;
  private Iterator<RowData> batch = List.<RowData>of().iterator();
  private boolean ended;

  public CursorRows(KernelCursor cursor, ResolvedSchema schema, RunningStatement statement) {
    this.cursor = cursor;
    this.schema = schema;
    this.statement = statement;
    statement.onCancel(cursor::cancel);
  }

  @Override
  public boolean hasNext() {
    try {
      while (!batch.hasNext() && !ended) {
        ended = !cursor.reader().loadNextBatch();
        if (!ended) {
          batch = ArrowReads.rows(cursor.reader().getVectorSchemaRoot(), schema).iterator();
        }
      }
      return batch.hasNext();
    } catch (IOException | RuntimeException failure) {
      throw statement.translate(failure);
    }
  }

  @Override
  public RowData next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return batch.next();
  }

  @Override
  public void close() {
    cursor.close();
  }
}
