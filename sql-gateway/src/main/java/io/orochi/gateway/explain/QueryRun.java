package io.orochi.gateway.explain;

import io.orochi.gateway.kernel.Answer;
import io.orochi.gateway.kernel.KernelCursor;
import io.orochi.gateway.kernel.KernelExecutor;
import io.orochi.gateway.plan.KernelQuery;
import io.orochi.gateway.plan.stage.Stage;
import io.orochi.gateway.plan.stage.Stages;
import io.orochi.table.kernel.KernelSession;
import io.orochi.table.kernel.files.FileCopies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Runs a query for its figures; its rows are dropped. */
public final class QueryRun {
  private QueryRun() {}

  /**
   * @param onStart is given each session before it is used
   */
  public static Actuals onKernel(
      KernelExecutor kernel, KernelQuery query, Stages stages, Consumer<KernelSession> onStart) {
    try (KernelCursor cursor = kernel.execute(query, onStart, stages)) {
      long rows = 0;
      long bytes = 0;
      Stage stage = Stage.EXECUTE;
      while (stages.time(stage, () -> loaded(cursor.reader()))) {
        VectorSchemaRoot batch = root(cursor.reader());
        rows += batch.getRowCount();
        bytes += batch.getFieldVectors().stream().mapToLong(FieldVector::getBufferSize).sum();
        stage = Stage.FETCH;
      }
      return new Actuals(
          stages,
          rows,
          bytes,
          cursor.verifiedFiles(),
          cursor.unverifiedFiles(),
          cursor.copies(),
          cursor.answer(),
          cursor.inputs());
    }
  }

  /**
   * @param start starts the job
   */
  public static <R extends Iterator<?> & AutoCloseable> Actuals onFlink(
      Supplier<R> start, Stages stages) throws Exception {
    try (R rows = stages.time(Stage.EXECUTE, start)) {
      long count = 0;
      Stage stage = Stage.EXECUTE;
      while (stages.time(stage, rows::hasNext)) {
        rows.next();
        count++;
        stage = Stage.FETCH;
      }
      return new Actuals(stages, count, -1, -1, -1, FileCopies.NONE, Answer.NOT_KEPT, List.of());
    }
  }

  private static boolean loaded(ArrowReader reader) {
    try {
      return reader.loadNextBatch();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static VectorSchemaRoot root(ArrowReader reader) {
    try {
      return reader.getVectorSchemaRoot();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
