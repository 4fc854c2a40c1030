package io.orochi.table.delete;

import io.orochi.table.digest.DigestingFileIO;
import io.orochi.table.io.StorageFailure;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.DeleteWriteResult;
import org.apache.iceberg.io.OutputFileFactory;

/** Deletion vectors, all of one statement in one Puffin file. */
final class VectorWriter implements DeleteFileWriter {
  private final Table table;
  private final BaseDVFileWriter writer;
  private final Map<String, FileScanTask> tasks = new HashMap<>();

  VectorWriter(Table table, DigestingFileIO io) {
    this.table = table;
    OutputFileFactory files =
        OutputFileFactory.builderFor(table, 0, 0)
            .format(FileFormat.PUFFIN)
            .ioSupplier(() -> io)
            .build();
    this.writer = new BaseDVFileWriter(files, this::deletedBefore);
  }

  @Override
  public void delete(FileScanTask task, BitSet positions) {
    String location = task.file().location();
    tasks.put(location, task);
    positions.stream()
        .forEach(row -> writer.delete(location, row, task.spec(), task.file().partition()));
  }

  @Override
  public Written finish() {
    if (tasks.isEmpty()) {
      return new Written(List.of(), List.of());
    }
    try {
      writer.close();
    } catch (IOException failed) {
      throw StorageFailure.of("write deletion vectors of " + table.name(), failed);
    }
    DeleteWriteResult result = writer.result();
    return new Written(result.deleteFiles(), result.rewrittenDeleteFiles());
  }

  private PositionDeleteIndex deletedBefore(String location) {
    FileScanTask task = tasks.get(location);
    return task.deletes().isEmpty() ? null : DeletedRows.of(table, task);
  }
}
