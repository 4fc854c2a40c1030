package io.orochi.gateway.change;

import io.orochi.gateway.plan.KernelQuery;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.CloseableIterator;

/** Runs queries of one statement on the kernel. */
public interface KernelRowSource {
  /**
   * @param schema the query's columns
   */
  CloseableIterator<RowData> rows(KernelQuery query, ResolvedSchema schema);

  /** Asked before anything is published. */
  void throwIfCancelled();
}
