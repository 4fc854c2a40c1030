package io.orochi.fuzz;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.DVFileWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/** Fills a random table with many small files, and deletes some of their rows again. */
final class TableFiles {
  private final Table table;
  private final Random random;

  TableFiles(Table table, Random random) {
    this.table = table;
    this.random = random;
  }

  /** Several commits; the rows that are left are in {@code shape.rows()}. */
  void fill(RandomTable shape, int rows) throws IOException {
    int commits = 1 + random.nextInt(4);
    long id = 0;
    for (int commit = 0; commit < commits; commit++) {
      List<Object[]> batch = new ArrayList<>();
      for (int i = 0; i < rows / commits; i++) {
        batch.add(shape.newRow(random, id++));
      }
      if (random.nextBoolean()) {
        int column = random.nextInt(shape.columns().size());
        batch.sort(
            Comparator.comparing(row -> row[column], Comparator.nullsFirst(Values::compare)));
      }
      append(shape, batch);
    }
  }

  private void append(RandomTable shape, List<Object[]> batch) throws IOException {
    Map<DataFile, List<Object[]>> written = new HashMap<>();
    int parts = 1 + random.nextInt(3);
    int size = (batch.size() + parts - 1) / parts;
    for (int from = 0; from < batch.size(); from += size) {
      written.putAll(write(batch.subList(from, Math.min(batch.size(), from + size))));
    }
    AppendFiles append = table.newAppend();
    written.keySet().forEach(append::appendFile);
    append.commit();
    if (TableUtil.formatVersion(table) >= 3 && random.nextInt(3) == 0) {
      delete(written);
    }
    written.values().forEach(shape.rows()::addAll);
  }

  private Map<DataFile, List<Object[]>> write(List<Object[]> rows) throws IOException {
    Map<PartitionKey, List<Object[]>> partitions = new HashMap<>();
    InternalRecordWrapper wrapper = new InternalRecordWrapper(table.schema().asStruct());
    for (Object[] row : rows) {
      PartitionKey key = new PartitionKey(table.spec(), table.schema());
      key.partition(wrapper.wrap(record(row)));
      partitions.computeIfAbsent(key.copy(), k -> new ArrayList<>()).add(row);
    }
    Map<DataFile, List<Object[]>> files = new HashMap<>();
    for (Map.Entry<PartitionKey, List<Object[]>> partition : partitions.entrySet()) {
      files.put(writeFile(partition.getKey(), partition.getValue()), partition.getValue());
    }
    return files;
  }

  private DataFile writeFile(PartitionKey key, List<Object[]> rows) throws IOException {
    String location = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
    DataWriter<GenericRecord> writer =
        Parquet.writeData(table.io().newOutputFile(location))
            .forTable(table)
            .withPartition(table.spec().isUnpartitioned() ? null : key)
            .createWriterFunc(GenericParquetWriter::create)
            .build();
    try (writer) {
      for (Object[] row : rows) {
        writer.write(record(row));
      }
    }
    return writer.toDataFile();
  }

  /** Removes some rows, here and there all of a file. */
  private void delete(Map<DataFile, List<Object[]>> files) throws IOException {
    OutputFileFactory factory =
        OutputFileFactory.builderFor(table, 1, 1).format(FileFormat.PUFFIN).build();
    DVFileWriter writer = new BaseDVFileWriter(factory, path -> null);
    try (writer) {
      for (Map.Entry<DataFile, List<Object[]>> file : files.entrySet()) {
        int chance = random.nextInt(8) == 0 ? 100 : random.nextInt(40);
        List<Object[]> kept = new ArrayList<>();
        for (int position = 0; position < file.getValue().size(); position++) {
          if (random.nextInt(100) < chance) {
            DataFile data = file.getKey();
            writer.delete(
                data.location(), position, table.specs().get(data.specId()), data.partition());
          } else {
            kept.add(file.getValue().get(position));
          }
        }
        file.setValue(kept);
      }
    }
    RowDelta delta = table.newRowDelta();
    writer.result().deleteFiles().forEach(delta::addDeletes);
    delta.commit();
  }

  private GenericRecord record(Object[] row) {
    GenericRecord record = GenericRecord.create(table.schema());
    List<Types.NestedField> fields = table.schema().columns();
    for (int i = 0; i < row.length; i++) {
      record.set(i, value(row[i], fields.get(i)));
    }
    return record;
  }

  private static Object value(Object value, Types.NestedField field) {
    if (value == null) {
      return null;
    }
    return switch (field.type().typeId()) {
      case INTEGER -> ((Long) value).intValue();
      case DECIMAL -> ((BigDecimal) value).setScale(2);
      case TIMESTAMP -> value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
      default -> value;
    };
  }
}
