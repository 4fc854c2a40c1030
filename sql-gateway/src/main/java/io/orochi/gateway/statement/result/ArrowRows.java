package io.orochi.gateway.statement.result;

import io.orochi.gateway.statement.arrow.ArrowReads;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.CloseableIterator;

/** The kernel's batches row by row, one batch ahead of the reader. */
final class ArrowRows implements CloseableIterator<RowData> {
  private final KernelRows batches;
  private final ResolvedSchema schema;
  private Iterator<RowData> current = List.<RowData>of().iterator();

  ArrowRows(KernelRows batches, ResolvedSchema schema) {
    this.batches = batches;
    this.schema = schema;
  }

  @Override
  public boolean hasNext() {
    while (!current.hasNext()) {
      Optional<List<RowData>> rows = batches.next(batch -> ArrowReads.rows(batch, schema));
      if (rows.isEmpty()) {
        return false;
      }
      current = rows.get().iterator();
    }
    return true;
  }

  @Override
  public RowData next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.next();
  }

  @Override
  public void close() {
    batches.close();
  }
}
