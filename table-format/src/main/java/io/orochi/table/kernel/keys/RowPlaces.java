package io.orochi.table.kernel.keys;

import io.orochi.table.kernel.KernelResult;
import io.orochi.table.kernel.KernelSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Reads the places of rows out of a query. */
final class RowPlaces {
  private static final int BATCH_ROWS = 16_384;

  private final KernelSession session;
  private final BufferAllocator allocator;

  RowPlaces(KernelSession session, BufferAllocator allocator) {
    this.session = session;
    this.allocator = allocator;
  }

  /** Is told of each row. */
  interface Visitor {
    /**
     * @param file its place among the files of the scan
     */
    void row(int file, long position);
  }

  /**
   * @param sql its columns are a file and a position
   */
  void visit(String sql, Visitor visitor) {
    try (KernelResult result = session.query(sql, List.of());
        ArrowReader reader = result.arrow(allocator, BATCH_ROWS)) {
      while (reader.loadNextBatch()) {
        IntVector files = (IntVector) reader.getVectorSchemaRoot().getVector(0);
        BigIntVector positions = (BigIntVector) reader.getVectorSchemaRoot().getVector(1);
        for (int i = 0; i < files.getValueCount(); i++) {
          visitor.row(files.get(i), positions.get(i));
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
