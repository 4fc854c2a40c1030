package io.orochi.gateway.statement.result;

import io.orochi.gateway.statement.flink.AnswerRows;
import io.orochi.gateway.statement.flink.NoJob;
import io.orochi.gateway.statement.flink.RowsTableResult;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobID;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.gateway.api.operation.OperationHandle;
import org.apache.flink.table.gateway.service.result.ResultFetcher;
import org.apache.flink.table.utils.print.RowDataToStringConverter;
import org.apache.flink.util.CloseableIterator;

/** What a statement gives back, before a door puts it into its own words. Read once. */
public sealed interface StatementResult extends AutoCloseable {
  ResolvedSchema schema();

  /** For the REST door: the rows as pages; closing them closes this. */
  ResultFetcher pages(OperationHandle handle);

  /** The rows one by one; closing them closes this. */
  CloseableIterator<RowData> rows();

  /** The rows in Arrow if an engine made them so; then {@link #rows} is the slow way. */
  default Optional<KernelRows> batches() {
    return Optional.empty();
  }

  /** How many rows the statement changed; -1 if unknown or if it changes none. */
  default long changedRows() {
    return -1;
  }

  /** Stops what still produces rows. Idempotent. */
  @Override
  void close();

  /** Rows of the kernel, in Arrow. */
  record OfKernel(
      KernelRows kernelRows, ResolvedSchema schema, Supplier<RowDataToStringConverter> converter)
      implements StatementResult {
    @Override
    public ResultFetcher pages(OperationHandle handle) {
      return ResultFetcher.fromTableResult(
          handle, RowsTableResult.of(schema, rows(), converter.get(), NoJob.create()), true);
    }

    @Override
    public CloseableIterator<RowData> rows() {
      return new ArrowRows(kernelRows, schema);
    }

    @Override
    public Optional<KernelRows> batches() {
      return Optional.of(kernelRows);
    }

    @Override
    public void close() {
      kernelRows.close();
    }
  }

  /** Rows of a Flink job. */
  record OfFlink(TableResultInternal table, FlinkRows rows) implements StatementResult {
    @Override
    public ResolvedSchema schema() {
      return table.getResolvedSchema();
    }

    @Override
    public ResultFetcher pages(OperationHandle handle) {
      return ResultFetcher.fromTableResult(
          handle,
          RowsTableResult.of(
              schema(),
              rows,
              table.getRowDataToStringConverter(),
              table.getJobClient().orElseGet(NoJob::create)),
          true);
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  /** A result that is there already, as Flink's own pages. */
  sealed interface Answered extends StatementResult {
    ResultFetcher answer();

    @Override
    default ResolvedSchema schema() {
      return answer().getResultSchema();
    }

    @Override
    default ResultFetcher pages(OperationHandle handle) {
      return answer();
    }

    @Override
    default CloseableIterator<RowData> rows() {
      return new AnswerRows(answer());
    }

    @Override
    default void close() {
      answer().close();
    }
  }

  /** The complete answer of SHOW, DESCRIBE, CALL, EXPLAIN, SET or DDL. */
  record OfCommand(ResultFetcher answer) implements Answered {}

  /**
   * What a statement changed.
   *
   * @param changedRows -1 if unknown
   * @param job null if no job did it; otherwise it may still run
   */
  record OfUpdate(long changedRows, JobID job, ResultFetcher answer) implements Answered {}
}
