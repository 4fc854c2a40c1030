package io.orochi.connectors.file.format;

import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.file.FileSourceConfig;
import io.orochi.connectors.file.split.FileSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Files;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;

/** Columns are matched by name; a column the file lacks is NULL. */
final class ParquetRecordReader implements RecordReader {
  private final FileSplit split;
  private final FileSourceConfig config;
  private final RowType rowType;
  private final Rejections rejections;
  private final CloseableIterable<Record> file;
  private final CloseableIterator<Record> records;
  private final int[] columns;
  private final IcebergValue[] converters;
  private final LongConsumer bytesRead;
  private long ordinal;

  ParquetRecordReader(FileSplit split, FileSourceConfig config, LongConsumer bytesRead)
      throws IOException {
    this.bytesRead = bytesRead;
    this.split = split;
    this.config = config;
    this.rowType = config.rowType();
    this.rejections = new Rejections(split, config);
    MessageType type = messageType(split);
    Schema schema = ParquetSchemaUtil.convert(type);
    List<Types.NestedField> fields = schema.columns();
    ColumnNames names = new ColumnNames(split.path(), rowType);
    this.columns = new int[fields.size()];
    this.converters = new IcebergValue[fields.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = names.require(fields.get(i).name());
      converters[i] = IcebergValue.of(fields.get(i).type(), rowType.getTypeAt(columns[i]));
    }
    Parquet.ReadBuilder builder =
        Parquet.read(Files.localInput(split.path()))
            .project(schema)
            .createReaderFunc(read -> GenericParquetReaders.buildReader(schema, read));
    if (!ParquetSchemaUtil.hasIds(type)) {
      NameMapping mapping = MappingUtil.create(schema);
      builder.withNameMapping(mapping);
    }
    this.file = builder.build();
    this.records = file.iterator();
    while (ordinal < split.ordinal() && records.hasNext()) {
      records.next();
      ordinal++;
    }
  }

  private static MessageType messageType(FileSplit split) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(new LocalInputFile(Path.of(split.path())))) {
      return reader.getFileMetaData().getSchema();
    } catch (RuntimeException e) {
      throw RecordReaders.truncated(split, 0, e);
    }
  }

  @Override
  public SourceElement next() {
    if (!records.hasNext()) {
      bytesRead.accept(Path.of(split.path()).toFile().length());
      return new SourceElement.End(split.splitId(), ordinal);
    }
    Record record = records.next();
    ordinal++;
    try {
      return new SourceElement.Row(split.splitId(), ordinal, row(record));
    } catch (InvalidValue e) {
      return rejections.reject(ordinal, ordinal, record.toString(), e);
    }
  }

  private GenericRowData row(Record record) {
    GenericRowData row = new GenericRowData(rowType.getFieldCount());
    for (int i = 0; i < columns.length; i++) {
      Object value = record.get(i);
      if (value != null) {
        try {
          row.setField(columns[i], converters[i].convert(value));
        } catch (RuntimeException e) {
          throw Values.invalid(rowType, columns[i], String.valueOf(value));
        }
      }
    }
    Values.requireAllowed(config, row);
    return row;
  }

  @Override
  public void close() throws IOException {
    records.close();
    file.close();
  }
}
