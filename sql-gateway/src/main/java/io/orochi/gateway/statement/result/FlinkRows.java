package io.orochi.gateway.statement.result;

import io.orochi.gateway.statement.running.RunningStatement;
import java.util.NoSuchElementException;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.CloseableIterator;

/** The rows of one Flink job. Closing it early cancels the job. */
public final class FlinkRows implements CloseableIterator<RowData> {
  private final CloseableIterator<RowData> rows;
  private final RunningStatement statement;
  private final ResultLimit limit;
  private final RowDataSerializer serializer;

  public FlinkRows(TableResultInternal result, RunningStatement statement, ResultLimit limit) {
    this.rows = result.collectInternal();
    this.statement = statement;
    this.limit = limit;
    this.serializer =
        new RowDataSerializer(
            (RowType) result.getResolvedSchema().toPhysicalRowDataType().getLogicalType());
    result.getJobClient().ifPresent(statement::runsAs);
  }

  @Override
  public boolean hasNext() {
    try {
      boolean more = rows.hasNext();
      if (!more) {
        statement.throwIfCancelled();
        statement.finish();
      }
      return more;
    } catch (RuntimeException failure) {
      throw failed(failure);
    }
  }

  @Override
  public RowData next() {
    try {
      RowData row = rows.next();
      limit.addRows(1);
      if (limit.countsBytes()) {
        limit.addBytes(serializer.toBinaryRow(row).getSizeInBytes());
      }
      statement.sent(1);
      return row;
    } catch (NoSuchElementException end) {
      throw end;
    } catch (RuntimeException failure) {
      throw failed(failure);
    }
  }

  private RuntimeException failed(RuntimeException failure) {
    RuntimeException told = statement.translateJob(failure);
    close();
    return told;
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (Exception failure) {
      throw statement.translateJob(failure);
    } finally {
      statement.finish();
    }
  }
}
