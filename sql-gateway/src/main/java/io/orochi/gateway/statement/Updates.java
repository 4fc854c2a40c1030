package io.orochi.gateway.statement;

import io.orochi.catalog.flink.sink.OrochiTableSink;
import io.orochi.gateway.statement.result.StatementResult;
import io.orochi.gateway.statement.result.StatementResult.OfUpdate;
import io.orochi.gateway.statement.running.RunningStatement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.gateway.api.operation.OperationHandle;
import org.apache.flink.table.gateway.service.result.ResultFetcher;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.util.CloseableIterator;

/** INSERT, UPDATE, DELETE: what is submitted and what is told afterwards. */
final class Updates {
  private static final ResolvedSchema COUNT =
      ResolvedSchema.of(Column.physical("rows", DataTypes.BIGINT()));
  private static final ResolvedSchema JOB =
      ResolvedSchema.of(Column.physical("job id", DataTypes.STRING()));

  private Updates() {}

  static List<ModifyOperation> parts(Operation operation) {
    return operation instanceof StatementSetOperation set
        ? set.getOperations()
        : List.of((ModifyOperation) operation);
  }

  /** Returns when the job has ended, or at once if nobody waits; a cancel ends the job. */
  static StatementResult await(
      RunningStatement statement, TableResultInternal started, boolean wait) throws Exception {
    Optional<JobClient> job = started.getJobClient();
    if (job.isEmpty()) {
      long rows = countIn(started);
      statement.finish();
      return counted(statement.handle(), rows, null);
    }
    JobID id = job.get().getJobID();
    if (!wait) {
      statement.finish();
      return submitted(statement.handle(), id);
    }
    statement.runsAs(job.get());
    JobExecutionResult done;
    try {
      done = job.get().getJobExecutionResult().get();
    } catch (InterruptedException interrupted) {
      job.get().cancel();
      throw interrupted;
    } catch (ExecutionException failure) {
      throw statement.translateJob(failure);
    }
    statement.throwIfCancelled();
    statement.finish();
    long rows = countIn(done.getAllAccumulatorResults());
    return rows < 0 ? submitted(statement.handle(), id) : counted(statement.handle(), rows, id);
  }

  private static long countIn(Map<String, Object> accumulators) {
    return accumulators.get(OrochiTableSink.ROWS_ACCUMULATOR) instanceof Long rows ? rows : -1;
  }

  /** A change without a job tells its count in its only row. */
  private static long countIn(TableResultInternal result) throws Exception {
    try (CloseableIterator<RowData> rows = result.collectInternal()) {
      if (rows.hasNext() && result.getResolvedSchema().getColumnCount() == 1) {
        RowData row = rows.next();
        return switch (result
            .getResolvedSchema()
            .getColumnDataTypes()
            .get(0)
            .getLogicalType()
            .getTypeRoot()) {
          case BIGINT -> row.getLong(0);
          case INTEGER -> row.getInt(0);
          default -> -1;
        };
      }
      return -1;
    }
  }

  /** A change that no job made. */
  static OfUpdate counted(OperationHandle handle, long rows) {
    return counted(handle, rows, null);
  }

  private static OfUpdate counted(OperationHandle handle, long rows, JobID job) {
    return new OfUpdate(
        rows,
        job,
        ResultFetcher.fromResults(
            handle,
            COUNT,
            List.of(GenericRowData.of(rows)),
            null,
            ResultKind.SUCCESS_WITH_CONTENT));
  }

  private static OfUpdate submitted(OperationHandle handle, JobID job) {
    return new OfUpdate(
        -1,
        job,
        ResultFetcher.fromResults(
            handle,
            JOB,
            List.of(GenericRowData.of(StringData.fromString(job.toString()))),
            job,
            ResultKind.SUCCESS_WITH_CONTENT));
  }
}
