package io.orochi.gateway.transaction;

import io.orochi.catalog.flink.sink.StatementRows;
import io.orochi.catalog.transaction.PendingRows;
import io.orochi.table.commit.ChangedFiles;
import io.orochi.table.commit.TableChange;
import io.orochi.table.digest.DigestingFileIO;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/** Rows of several statements on their way into the same files. */
final class BufferedRows implements PendingRows {
  private final DigestingFileIO io;
  private final StatementRows writer;

  BufferedRows(Table table) {
    this.io = new DigestingFileIO(table.io());
    this.writer = new StatementRows(table, io);
  }

  void write(List<RowData> rows) {
    rows.forEach(writer::write);
  }

  @Override
  public TableChange finish() {
    try (writer) {
      List<DataFile> files = writer.finish();
      return TableChange.append(ChangedFiles.added(files, io.drainDigests()));
    }
  }

  @Override
  public void abort() {
    writer.close();
  }
}
