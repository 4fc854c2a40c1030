package io.orochi.gateway.statement.result;

import io.orochi.gateway.kernel.KernelCursor;
import io.orochi.gateway.statement.running.RunningStatement;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * The batches of one kernel query. A reader and a thread that closes may meet: closing stops the
 * query first, waits for the batch that is being read, then frees it.
 */
public final class KernelRows implements AutoCloseable {
  private final KernelCursor cursor;
  private final RunningStatement statement;
  private final ResultLimit limit;
  private final ReentrantLock reading = new ReentrantLock();
  private boolean firstWaits;
  private boolean ended;
  private boolean closed;

  public KernelRows(KernelCursor cursor, RunningStatement statement, ResultLimit limit) {
    this.cursor = cursor;
    this.statement = statement;
    this.limit = limit;
    statement.onCancel(cursor::cancel);
  }

  /** Computes the first batch, so that most errors come before a door has said anything. */
  public void loadFirst() {
    reading.lock();
    try {
      firstWaits = load();
    } finally {
      reading.unlock();
    }
  }

  /**
   * Reads the next batch; {@code read} must not keep it. Empty at the end. When the end is reached,
   * everything is freed.
   *
   * @throws io.orochi.table.error.OrochiException of the kernel, of a cancel, or RESULT_TOO_LARGE
   */
  public <T> Optional<T> next(Function<VectorSchemaRoot, T> read) {
    reading.lock();
    try {
      if (closed) {
        statement.throwIfCancelled();
        return Optional.empty();
      }
      boolean more = firstWaits || (!ended && load());
      firstWaits = false;
      if (more) {
        return Optional.of(read.apply(cursor.reader().getVectorSchemaRoot()));
      }
      close();
      return Optional.empty();
    } catch (IOException failure) {
      throw statement.translate(failure);
    } finally {
      reading.unlock();
    }
  }

  private boolean load() {
    try {
      if (cursor.reader().loadNextBatch()) {
        VectorSchemaRoot batch = cursor.reader().getVectorSchemaRoot();
        int rows = batch.getRowCount();
        limit.addRows(rows);
        if (limit.countsBytes()) {
          limit.addBytes(bytes(batch));
        }
        statement.sent(rows);
        return true;
      }
      ended = true;
      return false;
    } catch (IOException | RuntimeException failure) {
      ended = true;
      RuntimeException told = statement.translate(failure);
      close();
      throw told;
    }
  }

  private static long bytes(VectorSchemaRoot batch) {
    return batch.getFieldVectors().stream().mapToLong(FieldVector::getBufferSize).sum();
  }

  @Override
  public void close() {
    if (!ended) {
      cursor.cancel();
    }
    reading.lock();
    try {
      if (!closed) {
        closed = true;
        cursor.close();
        statement.finish();
      }
    } finally {
      reading.unlock();
    }
  }
}
