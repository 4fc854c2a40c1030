package io.orochi.catalog.integrity;

import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.CommitRequest;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.digest.DigestingFileIO;
import io.orochi.table.kernel.Kernel;
import io.orochi.table.kernel.KernelConfig;
import io.orochi.table.kernel.KernelResult;
import io.orochi.table.kernel.KernelSession;
import io.orochi.table.kernel.scan.ScanPlanner;
import io.orochi.table.kernel.scan.ScanRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.DVFileWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/** Tables in a folder, written by our committer or by a foreign engine, and read by the kernel. */
final class TestingLake {
  static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "id", Types.LongType.get()),
          Types.NestedField.optional(2, "v", Types.DoubleType.get()));
  static final int ROWS = 400;

  private final Path folder;
  private long sequence;

  TestingLake(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  CatalogConfig config() {
    return new CatalogConfig(
        "orochi",
        folder.resolve("warehouse").toString(),
        "jdbc:sqlite:" + folder.resolve("metastore.db"),
        Map.of());
  }

  OrochiIcebergCatalog open() {
    return OrochiIcebergCatalog.open(config());
  }

  /** Writes the same tables without any digest. */
  JdbcCatalog openForeign() {
    JdbcCatalog stock = new JdbcCatalog();
    stock.initialize(
        "orochi",
        Map.of(
            "uri",
            "jdbc:sqlite:" + folder.resolve("metastore.db"),
            "warehouse",
            folder.resolve("warehouse").toString(),
            "jdbc.schema-version",
            "V1"));
    return stock;
  }

  static <C extends Catalog & SupportsNamespaces> Table create(C catalog, String name, int format) {
    Namespace namespace = Namespace.of("db");
    if (!catalog.namespaceExists(namespace)) {
      catalog.createNamespace(namespace, Map.of("owner", "me"));
    }
    return catalog
        .buildTable(TableIdentifier.of(namespace, name), SCHEMA)
        .withProperty("format-version", Integer.toString(format))
        .withProperty("write.parquet.compression-codec", "uncompressed")
        .withProperty("commit.manifest.min-count-to-merge", "100")
        .create();
  }

  DataFile append(Table table, long firstId) {
    DigestingFileIO io = new DigestingFileIO(table.io());
    DataFile file = write(table, io, firstId);
    commit(table, List.of(file), List.of(), io);
    return file;
  }

  static DataFile appendForeign(Table table, long firstId) {
    DataFile file = write(table, table.io(), firstId);
    table.newFastAppend().appendFile(file).commit();
    return file;
  }

  void delete(Table table, DataFile file, long... positions) {
    DigestingFileIO io = new DigestingFileIO(table.io());
    commit(table, List.of(), deletes(table, io, file, positions), io);
  }

  static void deleteForeign(Table table, DataFile file, long... positions) {
    RowDelta delta = table.newRowDelta();
    deletes(table, table.io(), file, positions).forEach(delta::addDeletes);
    delta.commit();
  }

  private void commit(
      Table table, List<DataFile> files, List<DeleteFile> deletes, DigestingFileIO io) {
    CommitOutcome outcome =
        new TableCommitter(table, Clock.systemUTC())
            .commit(
                new CommitRequest(
                    new SourcePosition("test", ++sequence, Map.of("file", "" + sequence)),
                    files,
                    deletes,
                    io.drainDigests()));
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new IllegalStateException(outcome.toString());
    }
    table.refresh();
  }

  private static DataFile write(Table table, FileIO io, long firstId) {
    String location = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
    try {
      DataWriter<Record> writer =
          Parquet.writeData(io.newOutputFile(location))
              .forTable(table)
              .withPartition(null)
              .createWriterFunc(GenericParquetWriter::create)
              .build();
      try (writer) {
        LongStream.range(firstId, firstId + ROWS).mapToObj(TestingLake::row).forEach(writer::write);
      }
      return writer.toDataFile();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Record row(long id) {
    return GenericRecord.create(SCHEMA).copy(Map.of("id", id, "v", Math.sqrt(id)));
  }

  private static List<DeleteFile> deletes(
      Table table, FileIO io, DataFile file, long... positions) {
    int format = Integer.parseInt(table.properties().getOrDefault("format-version", "0"));
    boolean vectors =
        format >= 3
            || ((org.apache.iceberg.BaseTable) table).operations().current().formatVersion() >= 3;
    try {
      return vectors ? vector(table, io, file, positions) : positions(table, io, file, positions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<DeleteFile> vector(Table table, FileIO io, DataFile file, long... positions)
      throws IOException {
    OutputFileFactory factory =
        OutputFileFactory.builderFor(table, 1, System.nanoTime())
            .format(FileFormat.PUFFIN)
            .ioSupplier(() -> io)
            .build();
    DVFileWriter writer = new BaseDVFileWriter(factory, path -> null);
    try (writer) {
      for (long position : positions) {
        writer.delete(file.location(), position, table.spec(), file.partition());
      }
    }
    return writer.result().deleteFiles();
  }

  private static List<DeleteFile> positions(
      Table table, FileIO io, DataFile file, long... positions) throws IOException {
    String location = table.locationProvider().newDataLocation(UUID.randomUUID() + "-pos.parquet");
    PositionDeleteWriter<Record> writer =
        Parquet.writeDeletes(io.newOutputFile(location))
            .forTable(table)
            .withSpec(table.spec())
            .rowSchema(null)
            .buildPositionWriter();
    PositionDelete<Record> delete = PositionDelete.create();
    try (writer) {
      for (long position : positions) {
        writer.write(delete.set(file.location(), position, null));
      }
    }
    return List.of(writer.toDeleteFile());
  }

  /** What a new process answers: nothing is remembered from before. */
  String sums(String name) {
    try (OrochiIcebergCatalog catalog = open();
        Kernel kernel = Kernel.open(kernelConfig());
        KernelSession session = kernel.openSession()) {
      Table table = catalog.loadTable(TableIdentifier.of("db", name));
      String relation = session.register(new ScanPlanner().plan(table, ScanRequest.everything()));
      return text(
          session,
          "SELECT count(*)::VARCHAR || ' ' || sum(id)::VARCHAR || ' ' || sum(v)::DECIMAL(20,6)"
              + "::VARCHAR || ' ' || bit_xor(hash(v))::VARCHAR AS answer FROM "
              + relation);
    }
  }

  private KernelConfig kernelConfig() {
    return new KernelConfig(
        256L << 20,
        1,
        folder.resolve("tmp"),
        64L << 20,
        folder.resolve("cache"),
        List.of(folder.resolve("warehouse")));
  }

  private static String text(KernelSession session, String sql) {
    Map<String, Object> answer = new HashMap<>();
    try (BufferAllocator allocator = new RootAllocator();
        KernelResult result = session.query(sql, List.of());
        ArrowReader reader = result.arrow(allocator, 16)) {
      while (reader.loadNextBatch()) {
        var root = reader.getVectorSchemaRoot();
        if (root.getRowCount() > 0) {
          answer.put("answer", root.getVector(0).getObject(0));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return String.valueOf(answer.get("answer"));
  }
}
