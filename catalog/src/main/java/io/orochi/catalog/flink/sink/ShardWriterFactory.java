package io.orochi.catalog.flink.sink;

import io.orochi.table.layout.BloomFilterColumns;
import java.io.Serializable;
import java.util.Map;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.sink.FlinkFileWriterFactory;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.util.PropertyUtil;

/** Makes the writers of one table as it was when the job was built; travels to the cluster. */
final class ShardWriterFactory implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Encoded pages of a row group wait in memory, once per open file. Compression rewrites files
   * with large row groups later.
   */
  private static final String ROW_GROUP_BYTES_DEFAULT = Integer.toString(32 << 20);

  /** Parquet's compressor holds a buffer of this size for each open file. */
  private static final String PAGE_BYTES_DEFAULT = Integer.toString(128 << 10);

  private final Table table;
  private final RowType rowType;
  private final int maxOpenFiles;

  ShardWriterFactory(Table table, int maxOpenFiles) {
    this.table = SerializableTable.copyOf(table);
    this.rowType = FlinkSchemaUtil.convert(table.schema());
    this.maxOpenFiles = maxOpenFiles;
  }

  Table table() {
    return table;
  }

  RowType rowType() {
    return rowType;
  }

  OutputFileFactory files(int subtask, int attempt, FileIO io) {
    return OutputFileFactory.builderFor(table, subtask, attempt)
        .format(FileFormat.PARQUET)
        .ioSupplier(() -> io)
        .build();
  }

  ShardWriter create(OutputFileFactory files, FileIO io) {
    Map<String, String> properties = BloomFilterColumns.addTo(table.properties(), table.schema());
    properties.putIfAbsent(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, ROW_GROUP_BYTES_DEFAULT);
    properties.putIfAbsent(TableProperties.PARQUET_PAGE_SIZE_BYTES, PAGE_BYTES_DEFAULT);
    long fileBytes =
        PropertyUtil.propertyAsLong(
            properties,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    FlinkFileWriterFactory writers =
        new FlinkFileWriterFactory.Builder(table)
            .dataFileFormat(FileFormat.PARQUET)
            .dataSchema(table.schema())
            .dataFlinkType(rowType)
            .writerProperties(properties)
            .build();
    return new ShardWriter(
        new ShardWriter.Target(table.spec(), writers, files, io, fileBytes),
        table.schema(),
        rowType,
        PartitionCode.of(table.schema(), table.spec(), rowType).orElse(null),
        maxOpenFiles);
  }
}
