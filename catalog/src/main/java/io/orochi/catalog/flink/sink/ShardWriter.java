package io.orochi.catalog.flink.sink;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.RowDataWrapper;
import org.apache.iceberg.io.BaseTaskWriter;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileWriterFactory;
import org.apache.iceberg.io.OutputFileFactory;

/**
 * Writes rows in any order into one open file per partition, and at most {@code maxOpenFiles} of
 * them: the longest unused is closed to make room. Not safe for threads.
 */
final class ShardWriter extends BaseTaskWriter<RowData> {
  private final PartitionCode code;
  private final RowDataWrapper wrapper;
  private final PartitionKey partitionKey;
  private final int maxOpenFiles;
  private final Map<Object, OpenFile> open = new HashMap<>();
  private OpenFile last;
  private long lastCode;
  private long clock;

  /** Where the files of a {@link ShardWriter} go. */
  record Target(
      PartitionSpec spec,
      FileWriterFactory<RowData> writers,
      OutputFileFactory files,
      FileIO io,
      long fileBytes) {}

  /**
   * @param code null if the table's partitions have no code
   */
  ShardWriter(Target target, Schema schema, RowType rowType, PartitionCode code, int maxOpenFiles) {
    super(
        target.spec(),
        FileFormat.PARQUET,
        target.writers(),
        target.files(),
        target.io(),
        target.fileBytes());
    this.code = code;
    this.wrapper = new RowDataWrapper(rowType, schema.asStruct());
    this.partitionKey = new PartitionKey(target.spec(), schema);
    this.maxOpenFiles = maxOpenFiles;
  }

  @Override
  public void write(RowData row) throws IOException {
    OpenFile file = fileOf(row);
    file.lastUse = ++clock;
    file.write(row);
  }

  private OpenFile fileOf(RowData row) throws IOException {
    if (code == null) {
      partitionKey.partition(wrapper.wrap(row));
      OpenFile file = open.get(partitionKey);
      return file == null ? open(partitionKey.copy(), row) : file;
    }
    long partition = code.of(row);
    if (last == null || partition != lastCode) {
      OpenFile file = open.get(partition);
      last = file == null ? open(partition, row) : file;
      lastCode = partition;
    }
    return last;
  }

  private OpenFile open(Object key, RowData row) throws IOException {
    if (open.size() >= maxOpenFiles) {
      closeLongestUnused();
    }
    partitionKey.partition(wrapper.wrap(row));
    PartitionKey partition = partitionKey.copy();
    OpenFile file = NoHadoopFiles.during(() -> new OpenFile(partition));
    open.put(key, file);
    return file;
  }

  private void closeLongestUnused() throws IOException {
    Object oldest = null;
    long oldestUse = Long.MAX_VALUE;
    for (Map.Entry<Object, OpenFile> entry : open.entrySet()) {
      if (entry.getValue().lastUse < oldestUse) {
        oldestUse = entry.getValue().lastUse;
        oldest = entry.getKey();
      }
    }
    open.remove(oldest).close();
  }

  @Override
  public void close() throws IOException {
    last = null;
    IOException failure = null;
    for (OpenFile file : open.values()) {
      try {
        file.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    open.clear();
    if (failure != null) {
      setFailure(failure);
      throw failure;
    }
  }

  private final class OpenFile extends RollingFileWriter {
    private long lastUse;

    OpenFile(PartitionKey partition) {
      super(partition);
    }
  }
}
