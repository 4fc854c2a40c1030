package io.orochi.table;

import io.orochi.table.commit.CommitRequest;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.digest.DigestingFileIO;
import io.orochi.table.layout.ChunkInterval;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/** Real tables in a folder, and files of a few rows for them. */
public final class TestingTables {
  public static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "ts", Types.TimestampType.withZone()),
          Types.NestedField.required(2, "host", Types.StringType.get()));

  private static final TableLayout LAYOUT =
      new TableLayout("ts", ChunkInterval.DEFAULT, Distribution.NONE, List.of());

  private TestingTables() {}

  /** A hypertable of format v2 in a catalog of its own. */
  public static Table create(Path folder) {
    return catalog(folder)
        .createTable(
            TableIdentifier.of(Namespace.of("db"), "cpu"),
            SCHEMA,
            LAYOUT.partitionSpec(SCHEMA),
            LAYOUT.properties());
  }

  /** The same table as another process sees it. */
  public static Table load(Path folder) {
    return catalog(folder).loadTable(TableIdentifier.of(Namespace.of("db"), "cpu"));
  }

  /** Writes a file of {@code rows} rows of one day and asks for its commit. */
  public static CommitRequest request(
      Table table, String writer, long sequence, int rows, Map<String, String> splits) {
    DigestingFileIO io = new DigestingFileIO(table.io());
    DataFile file = write(table, io, rows);
    return new CommitRequest(
        new SourcePosition(writer, sequence, splits), List.of(file), List.of(), io.drainDigests());
  }

  public static DataFile write(Table table, DigestingFileIO io, int rows) {
    OffsetDateTime day = OffsetDateTime.of(2026, 11, 21, 0, 0, 0, 0, ZoneOffset.UTC);
    GenericRecord row = GenericRecord.create(table.schema());
    PartitionKey key = new PartitionKey(table.spec(), table.schema());
    row.setField("ts", day);
    key.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(row));
    String location = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
    try {
      DataWriter<Record> writer =
          Parquet.writeData(io.newOutputFile(location))
              .forTable(table)
              .withPartition(key)
              .createWriterFunc(GenericParquetWriter::create)
              .build();
      try (writer) {
        for (int i = 0; i < rows; i++) {
          row.setField("ts", day.plusSeconds(i));
          row.setField("host", "host-" + i % 7);
          writer.write(row);
        }
      }
      return writer.toDataFile();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public static long countRows(Table table) {
    table.refresh();
    long rows = 0;
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).build()) {
      for (Record ignored : records) {
        rows++;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return rows;
  }

  private static HadoopCatalog catalog(Path folder) {
    return new HadoopCatalog(new Configuration(), folder.toUri().toString());
  }
}
