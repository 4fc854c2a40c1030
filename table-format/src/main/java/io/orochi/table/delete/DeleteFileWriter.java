package io.orochi.table.delete;

import io.orochi.table.digest.DigestingFileIO;
import java.util.BitSet;
import java.util.List;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;

/** Writes deleted rows in the form of the table's format version. */
interface DeleteFileWriter {
  /**
   * What was written.
   *
   * @param replaced older delete files whose content is part of the new ones
   */
  record Written(List<DeleteFile> files, List<DeleteFile> replaced) {}

  void delete(FileScanTask task, BitSet positions);

  Written finish();

  /** Deletion vectors from format version 3 on, before it one position delete file a data file. */
  static DeleteFileWriter of(Table table, DigestingFileIO io) {
    return TableUtil.formatVersion(table) >= 3
        ? new VectorWriter(table, io)
        : new PositionFileWriter(table, io);
  }
}
