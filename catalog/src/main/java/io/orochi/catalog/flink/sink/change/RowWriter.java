package io.orochi.catalog.flink.sink.change;

import io.orochi.table.digest.DigestingFileIO;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/** Writes the new rows of a change. */
public interface RowWriter extends AutoCloseable {
  /** Opens a writer where the job runs. */
  interface Factory extends Serializable {
    RowWriter open(Table table, DigestingFileIO io);
  }

  void write(RowData row);

  /** Closes the files; they belong to the caller then. */
  List<DataFile> finish();

  /** Before {@link #finish} it deletes what was written. */
  @Override
  void close();
}
