package io.orochi.catalog.flink.sink;

import io.orochi.catalog.flink.sink.change.RowWriter;
import io.orochi.catalog.flink.sink.constraint.RowConstraints;
import io.orochi.catalog.flink.sink.publish.SinkFailures;
import io.orochi.table.digest.DigestingFileIO;
import java.io.IOException;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/**
 * Writes the rows of one statement to the table's files in this process, with the checks of every
 * writer. One thread; closing it before {@link #finish} deletes what was written.
 */
public final class StatementRows implements RowWriter {
  private final String table;
  private final ShardWriterFactory factory;
  private final RowConstraints constraints;
  private final DigestingFileIO io;
  private ShardWriter writer;
  private long rows;

  /**
   * @param io its digests are those of the written files
   */
  public StatementRows(Table table, DigestingFileIO io) {
    this.table = table.name();
    this.factory = new ShardWriterFactory(table, TableSinkConfig.MAX_OPEN_FILES_DEFAULT);
    this.constraints = new RowConstraints(table, factory.rowType());
    this.io = io;
  }

  /**
   * @param row the table's columns, in order
   * @throws io.orochi.table.error.OrochiException NULL_NOT_ALLOWED, CHECK_VIOLATED, DISK_FULL,
   *     STORAGE_UNAVAILABLE
   */
  @Override
  public void write(RowData row) {
    constraints.check(row);
    try {
      if (writer == null) {
        writer = factory.create(factory.files(0, 0, io), io);
      }
      writer.write(row);
      rows++;
    } catch (IOException | RuntimeException failure) {
      throw failed(failure);
    }
  }

  public long rows() {
    return rows;
  }

  /** Closes the files; they belong to the caller then. */
  @Override
  public List<DataFile> finish() {
    if (writer == null) {
      return List.of();
    }
    try {
      List<DataFile> files = List.of(writer.complete().dataFiles());
      writer = null;
      return files;
    } catch (IOException | RuntimeException failure) {
      throw failed(failure);
    }
  }

  @Override
  public void close() {
    if (writer != null) {
      try {
        writer.abort();
      } catch (IOException failure) {
        throw failed(failure);
      } finally {
        writer = null;
      }
    }
  }

  private RuntimeException failed(Exception failure) {
    return SinkFailures.of("Cannot write to " + table, failure);
  }
}
