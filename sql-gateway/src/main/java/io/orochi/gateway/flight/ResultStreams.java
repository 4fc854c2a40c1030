package io.orochi.gateway.flight;

import io.orochi.gateway.statement.arrow.ArrowFields;
import io.orochi.gateway.statement.arrow.RowBatches;
import io.orochi.gateway.statement.result.KernelRows;
import io.orochi.gateway.statement.result.StatementResult;
import io.orochi.gateway.statement.running.RunningStatement;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.apache.arrow.flight.BackpressureStrategy.CallbackBackpressureStrategy;
import org.apache.arrow.flight.BackpressureStrategy.WaitResult;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.CloseableIterator;

/**
 * Runs statements and sends their rows on threads of our own: one that waits for a slow reader must
 * not be one that gRPC needs to hear that the reader is ready.
 */
final class ResultStreams {
  private static final int BATCH_ROWS = 16_384;

  private final BufferAllocator allocator;
  private final ExecutorService threads;

  ResultStreams(BufferAllocator allocator, ExecutorService threads) {
    this.allocator = allocator;
    this.threads = threads;
  }

  /** Returns at once; a client that goes away cancels the statement. */
  void send(
      RunningStatement statement,
      Function<RunningStatement, StatementResult> run,
      ServerStreamListener listener) {
    send(statement, run, listener, new Turn());
  }

  /**
   * The same for a statement that only reads: its client hears of a cancel soon, even while the
   * statement waits for a store. What a change has done by then would not be known.
   */
  void sendOrGiveUp(
      RunningStatement statement,
      Function<RunningStatement, StatementResult> run,
      ServerStreamListener listener) {
    Turn turn = new Turn();
    turn.giveUpAfterCancel(statement, listener);
    send(statement, run, listener, turn);
  }

  private void send(
      RunningStatement statement,
      Function<RunningStatement, StatementResult> run,
      ServerStreamListener listener,
      Turn turn) {
    Reader reader = new Reader(statement);
    reader.register(listener);
    try {
      threads.execute(() -> runAndSend(statement, run, listener, reader, turn));
    } catch (RuntimeException full) {
      statement.finish();
      if (turn.take()) {
        listener.error(FlightErrors.of(full));
      }
    }
  }

  private void runAndSend(
      RunningStatement statement,
      Function<RunningStatement, StatementResult> run,
      ServerStreamListener listener,
      Reader reader,
      Turn turn) {
    try (StatementResult result = run.apply(statement);
        VectorSchemaRoot batch =
            VectorSchemaRoot.create(ArrowFields.schema(result.schema()), allocator)) {
      if (!turn.take()) {
        return;
      }
      listener.start(batch);
      Optional<KernelRows> batches = result.batches();
      if (batches.isPresent()) {
        sendBatches(batches.get(), new BatchMover(batch, result.schema()), listener, reader);
      } else {
        sendRows(result.rows(), new RowBatches(batch, result.schema()), listener, reader);
      }
      listener.completed();
    } catch (Throwable failure) {
      if (turn.take() && !listener.isCancelled()) {
        listener.error(FlightErrors.of(statement.translate(failure)));
      }
    } finally {
      statement.finish();
    }
  }

  private static void sendBatches(
      KernelRows rows, BatchMover mover, ServerStreamListener listener, Reader reader) {
    while (rows.next(
            source -> {
              mover.move(source);
              return true;
            })
        .isPresent()) {
      reader.await();
      listener.putNext();
    }
  }

  private static void sendRows(
      CloseableIterator<RowData> rows,
      RowBatches batches,
      ServerStreamListener listener,
      Reader reader) {
    while (batches.fill(rows, BATCH_ROWS)) {
      reader.await();
      listener.putNext();
    }
  }

  /** The client's side: when it can take a batch, and when it has gone. */
  private static final class Reader extends CallbackBackpressureStrategy {
    private static final long NO_TIMEOUT = 0;
    private final RunningStatement statement;

    Reader(RunningStatement statement) {
      this.statement = statement;
    }

    @Override
    protected void cancelCallback() {
      statement.cancel(gone());
    }

    void await() {
      if (waitForListener(NO_TIMEOUT) != WaitResult.READY) {
        throw gone();
      }
    }

    private static OrochiException gone() {
      return OrochiException.of(
          OrochiErrorCode.QUERY_CANCELLED, "The client cancelled the statement");
    }
  }
}
