package io.orochi.table.delete;

import io.orochi.table.digest.DigestingFileIO;
import io.orochi.table.io.StorageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.OutputFileFactory;

/** Parquet files of positions, each for one data file. */
final class PositionFileWriter implements DeleteFileWriter {
  private final Table table;
  private final OutputFileFactory files;
  private final GenericFileWriterFactory writers;
  private final List<DeleteFile> written = new ArrayList<>();
  private final List<DeleteFile> replaced = new ArrayList<>();

  PositionFileWriter(Table table, DigestingFileIO io) {
    this.table = table;
    this.files =
        OutputFileFactory.builderFor(table, 0, 0)
            .format(FileFormat.PARQUET)
            .ioSupplier(() -> io)
            .suffix("deletes")
            .build();
    this.writers =
        new GenericFileWriterFactory.Builder(table).deleteFileFormat(FileFormat.PARQUET).build();
  }

  @Override
  public void delete(FileScanTask task, BitSet positions) {
    BitSet all = (BitSet) positions.clone();
    DeletedRows.of(table, task).forEach(row -> all.set(Math.toIntExact(row)));
    PositionDeleteWriter<Record> writer =
        writers.newPositionDeleteWriter(
            files.newOutputFile(task.spec(), task.file().partition()),
            task.spec(),
            task.file().partition());
    PositionDelete<Record> delete = PositionDelete.create();
    try (writer) {
      all.stream().forEach(row -> writer.write(delete.set(task.file().location(), row)));
    } catch (IOException failed) {
      throw StorageFailure.of("write deletes of " + table.name(), failed);
    }
    written.add(writer.toDeleteFile());
    replaced.addAll(DeletedRows.ownOf(task));
  }

  @Override
  public Written finish() {
    return new Written(written, replaced);
  }
}
