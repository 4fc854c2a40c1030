package io.orochi.table.kernel;

import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.CommitRequest;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.digest.DigestingFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.DVFileWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;

/** Real tables in a folder, written as a foreign engine or as our committer writes. */
public final class TestingLake {
  private final HadoopCatalog catalog;
  private long sequence;

  public TestingLake(Path folder) {
    this.catalog = new HadoopCatalog(new Configuration(), folder.toUri().toString());
  }

  public Table create(String name, int formatVersion, Schema schema, PartitionSpec spec) {
    return create(name, formatVersion, schema, spec, Map.of());
  }

  public Table create(
      String name,
      int formatVersion,
      Schema schema,
      PartitionSpec spec,
      Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(properties);
    all.put("format-version", String.valueOf(formatVersion));
    return catalog.createTable(TableIdentifier.of("db", name), schema, spec, all);
  }

  public static Record row(Schema schema, Object... values) {
    GenericRecord row = GenericRecord.create(schema);
    for (int i = 0; i < values.length; i++) {
      row.set(i, values[i]);
    }
    return row;
  }

  /** Appends one file per partition without digests, as a foreign engine does. */
  public static List<DataFile> append(Table table, List<Record> rows) {
    List<DataFile> files = write(table, table.io(), rows);
    var append = table.newAppend();
    files.forEach(append::appendFile);
    append.commit();
    return files;
  }

  /** Appends through the committer, with digests. */
  public List<DataFile> commit(Table table, List<Record> rows) {
    DigestingFileIO io = new DigestingFileIO(table.io());
    List<DataFile> files = write(table, io, rows);
    CommitOutcome outcome =
        new TableCommitter(table, Clock.systemUTC())
            .commit(
                new CommitRequest(
                    new SourcePosition("test", ++sequence, Map.of()),
                    files,
                    List.of(),
                    io.drainDigests()));
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new IllegalStateException(outcome.toString());
    }
    table.refresh();
    return files;
  }

  static List<DataFile> write(Table table, FileIO io, List<Record> rows) {
    Map<PartitionKey, List<Record>> partitions = new HashMap<>();
    InternalRecordWrapper wrapper = new InternalRecordWrapper(table.schema().asStruct());
    for (Record row : rows) {
      PartitionKey key = new PartitionKey(table.spec(), table.schema());
      key.partition(wrapper.wrap(row));
      partitions.computeIfAbsent(key.copy(), k -> new ArrayList<>()).add(row);
    }
    List<DataFile> files = new ArrayList<>();
    partitions.forEach((key, group) -> files.add(writeFile(table, io, key, group)));
    return files;
  }

  private static DataFile writeFile(Table table, FileIO io, PartitionKey key, List<Record> rows) {
    String location = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
    try {
      DataWriter<Record> writer =
          Parquet.writeData(io.newOutputFile(location))
              .forTable(table)
              .withPartition(table.spec().isUnpartitioned() ? null : key)
              .createWriterFunc(GenericParquetWriter::create)
              .build();
      try (writer) {
        rows.forEach(writer::write);
      }
      return writer.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes positions of one file by a Parquet position delete file (v2). */
  static void deletePositions(Table table, DataFile file, long... positions) {
    String location = table.locationProvider().newDataLocation(UUID.randomUUID() + "-pos.parquet");
    try {
      PositionDeleteWriter<Record> writer =
          Parquet.writeDeletes(table.io().newOutputFile(location))
              .forTable(table)
              .withPartition(file.partition())
              .withSpec(table.specs().get(file.specId()))
              .rowSchema(null)
              .buildPositionWriter();
      PositionDelete<Record> delete = PositionDelete.create();
      try (writer) {
        for (long position : positions) {
          writer.write(delete.set(file.location(), position, null));
        }
      }
      table.newRowDelta().addDeletes(writer.toDeleteFile()).commit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes positions of files by deletion vectors in one Puffin file (v3). */
  public static void deleteByVector(Table table, Map<DataFile, long[]> positions) {
    OutputFileFactory factory =
        OutputFileFactory.builderFor(table, 1, System.nanoTime())
            .format(org.apache.iceberg.FileFormat.PUFFIN)
            .build();
    DVFileWriter writer = new BaseDVFileWriter(factory, path -> null);
    try (writer) {
      positions.forEach(
          (file, deleted) -> {
            for (long position : deleted) {
              writer.delete(
                  file.location(), position, table.specs().get(file.specId()), file.partition());
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var delta = table.newRowDelta();
    writer.result().deleteFiles().forEach(delta::addDeletes);
    delta.commit();
  }

  /** Deletes rows equal to the keys in the partition of {@code like}. */
  static DeleteFile deleteEqual(
      Table table,
      PartitionSpec spec,
      org.apache.iceberg.StructLike partition,
      Schema keys,
      List<Record> rows) {
    String location = table.locationProvider().newDataLocation(UUID.randomUUID() + "-eq.parquet");
    try {
      EqualityDeleteWriter<Record> writer =
          Parquet.writeDeletes(table.io().newOutputFile(location))
              .forTable(table)
              .withPartition(spec.isUnpartitioned() ? null : partition)
              .withSpec(spec)
              .rowSchema(keys)
              .equalityFieldIds(keys.columns().stream().map(column -> column.fieldId()).toList())
              .createWriterFunc(GenericParquetWriter::create)
              .buildEqualityWriter();
      try (writer) {
        rows.forEach(writer::write);
      }
      DeleteFile deletes = writer.toDeleteFile();
      table.newRowDelta().addDeletes(deletes).commit();
      return deletes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rows as Iceberg's own reader gives them, as sorted text. It adds columns of its own when
   * there are deletes.
   */
  public static List<String> rows(Table table) {
    List<String> rows = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      records.forEach(
          record -> rows.add(CanonicalText.of(record, table.schema().columns().size())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows.sort(null);
    return rows;
  }

  static List<FileScanTask> tasks(Table table) {
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      List<FileScanTask> list = new ArrayList<>();
      tasks.forEach(list::add);
      return list;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
