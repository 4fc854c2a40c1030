package io.orochi.gateway.change;

import io.orochi.gateway.plan.KernelQuery;
import io.orochi.table.kernel.keys.KeyKernel;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.CloseableIterator;

/** Runs queries of one statement on the kernel. */
public interface KernelRowSource {
  /**
   * @param schema the query's columns
   */
  CloseableIterator<RowData> rows(KernelQuery query, ResolvedSchema schema);

  /** Where the keys of new rows are looked up; only for tables that keep them unique. */
  default KeyKernel keys() {
    throw new IllegalStateException("Nothing looks keys up here");
  }

  /** Whose turn it is to write keys. */
  default KeyTurns turns() {
    throw new IllegalStateException("Nothing looks keys up here");
  }

  /** Asked before anything is published. */
  void throwIfCancelled();
}
