package io.orochi.table.kernel;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;

/** The rows of one query, read once. */
public interface KernelResult extends AutoCloseable {
  /**
   * The rows in batches of at most {@code batchRows} (rounded up to a multiple of 2048). The reader
   * throws OrochiException: QUERY_CANCELLED, KERNEL_OUT_OF_MEMORY, NUMERIC_OUT_OF_RANGE,
   * VALUE_NOT_CONVERTIBLE, DATA_FILE_CORRUPT or KERNEL_FAILED. Closing the reader does not close
   * the result.
   */
  ArrowReader arrow(BufferAllocator allocator, int batchRows);

  /** Ends the query if it still runs. */
  @Override
  void close();
}
