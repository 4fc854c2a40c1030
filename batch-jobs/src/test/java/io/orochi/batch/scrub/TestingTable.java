package io.orochi.batch.scrub;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.CommitRequest;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.digest.DigestingFileIO;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/** A small table in a data folder, written one file per commit. */
public final class TestingTable implements AutoCloseable {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "host", Types.StringType.get()),
          Types.NestedField.optional(2, "usage", Types.DoubleType.get()));

  private final OrochiIcebergCatalog catalog;
  private final Table table;
  private long commits;

  public TestingTable(Path dataFolder, String name) {
    CatalogConfig config = CatalogConfig.embedded(DataFolder.open(dataFolder));
    catalog = OrochiIcebergCatalog.open(config);
    Namespace database = Namespace.of("default");
    if (!catalog.namespaceExists(database)) {
      catalog.createNamespace(database);
    }
    table =
        catalog.createTable(
            TableIdentifier.of(database, name), SCHEMA, PartitionSpec.unpartitioned());
  }

  Table table() {
    table.refresh();
    return table;
  }

  /** Commits a file with its digest. */
  public Path append(int rows) throws IOException {
    DigestingFileIO io = new DigestingFileIO(table.io());
    DataFile file = write(io, rows);
    CommitOutcome outcome =
        new TableCommitter(table, Clock.systemUTC())
            .commit(
                new CommitRequest(
                    new SourcePosition("test", commits, Map.of()),
                    List.of(file),
                    List.of(),
                    io.drainDigests()));
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new IllegalStateException(outcome.toString());
    }
    return onDisk(file.location());
  }

  /** Commits a file as an engine would that knows nothing of digests. */
  Path appendForeign(int rows) throws IOException {
    DataFile file = write(table.io(), rows);
    table.newAppend().appendFile(file).commit();
    return onDisk(file.location());
  }

  /** Locations are URIs, except where Iceberg was given a bare path. */
  static Path onDisk(String location) {
    return location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
  }

  public static void flipOneBit(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long middle = bytes.length() / 2;
      bytes.seek(middle);
      int old = bytes.read();
      bytes.seek(middle);
      bytes.write(old ^ 1);
    }
  }

  private DataFile write(FileIO io, int rows) throws IOException {
    commits++;
    String file = table.location() + "/data/file-" + commits + ".parquet";
    Files.createDirectories(onDisk(file).getParent());
    DataWriter<GenericRecord> writer =
        Parquet.writeData(io.newOutputFile(file))
            .forTable(table)
            .createWriterFunc(GenericParquetWriter::create)
            .overwrite()
            .build();
    try (writer) {
      for (int row = 0; row < rows; row++) {
        GenericRecord record = GenericRecord.create(SCHEMA);
        record.setField("host", "host_" + row);
        record.setField("usage", row / 7.0);
        writer.write(record);
      }
    }
    return writer.toDataFile();
  }

  @Override
  public void close() throws IOException {
    catalog.close();
  }
}
