package io.orochi.bench;

import io.orochi.catalog.transaction.LakeTransaction;
import io.orochi.catalog.transaction.OpenTransactions;
import io.orochi.catalog.transaction.TransactionIsolation;
import io.orochi.cluster.OrochiCluster;
import io.orochi.table.commit.ChangedFiles;
import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableChange;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.digest.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/** The tables of one contestant of {@link CommitCommand}, and its ways to commit to them. */
abstract class CommitSide implements AutoCloseable {
  private static final Namespace DATABASE = Namespace.of("commits");
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.optional(1, "id", Types.IntegerType.get()));

  private final List<Table> tables;
  private int next;

  CommitSide(Catalog catalog, int tables) {
    ((SupportsNamespaces) catalog).createNamespace(DATABASE);
    this.tables =
        java.util.stream.IntStream.range(0, tables)
            .mapToObj(i -> catalog.createTable(TableIdentifier.of(DATABASE, "t" + i), SCHEMA))
            .toList();
  }

  abstract void commit(Table table, DataFile file);

  void commit(int table) {
    commit(tables.get(table), file(tables.get(table)));
  }

  void commitNext() {
    commit(next++ % tables.size());
  }

  Table table(int index) {
    return tables.get(index);
  }

  static DataFile file(Table table) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath(table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet"))
        .withFileSizeInBytes(1_000)
        .withRecordCount(1)
        .build();
  }

  @Override
  public void close() {}

  static final class OfOrochi extends CommitSide {
    private final OrochiCluster cluster;
    private final OpenTransactions transactions;

    OfOrochi(OrochiCluster cluster, int tables) {
      super(cluster.catalog(), tables);
      this.cluster = cluster;
      this.transactions =
          new OpenTransactions(
              cluster.catalog(), cluster.dataFolder().resolve("bench"), Clock.systemUTC());
    }

    @Override
    void commit(Table table, DataFile file) {
      SourcePosition position = new SourcePosition(UUID.randomUUID().toString(), 1, Map.of());
      CommitOutcome outcome =
          new TableCommitter(table, Clock.systemUTC()).publish(position, change(file));
      if (!(outcome instanceof CommitOutcome.Committed)) {
        throw new IllegalStateException(outcome.toString());
      }
    }

    void commitAtOnce(int count, Duration patience) {
      LakeTransaction transaction = transactions.begin(TransactionIsolation.SNAPSHOT, "bench");
      transaction.beginStatement();
      for (int i = 0; i < count; i++) {
        Table table = transaction.table(TableIdentifier.of(DATABASE, "t" + i));
        transaction.stage(table, change(file(table)));
      }
      transaction.commit(patience);
    }

    private TableChange change(DataFile file) {
      Digest digest = new Digest(1, 1, file.fileSizeInBytes());
      return TableChange.append(ChangedFiles.added(List.of(file), Map.of(file.location(), digest)));
    }

    @Override
    public String toString() {
      return cluster.addresses().toString();
    }
  }

  static final class OfIceberg extends CommitSide {
    private final JdbcCatalog catalog;

    OfIceberg(Path folder, int tables) {
      this(open(folder), tables);
    }

    private OfIceberg(JdbcCatalog catalog, int tables) {
      super(catalog, tables);
      this.catalog = catalog;
    }

    private static JdbcCatalog open(Path folder) {
      JdbcCatalog catalog = new JdbcCatalog();
      catalog.setConf(new org.apache.hadoop.conf.Configuration());
      catalog.initialize(
          "yardstick",
          Map.of(
              CatalogProperties.URI, "jdbc:sqlite:" + folder.resolve("yardstick.db"),
              CatalogProperties.WAREHOUSE_LOCATION, folder.resolve("yardstick").toString(),
              CatalogProperties.FILE_IO_IMPL, HadoopFileIO.class.getName()));
      return catalog;
    }

    @Override
    void commit(Table table, DataFile file) {
      table.newAppend().appendFile(file).commit();
    }

    void commitOneByOne(int count) {
      for (int i = 0; i < count; i++) {
        commit(i);
      }
    }

    /** Writes a file of so many rows and commits it. */
    void insert(int rows) throws IOException {
      Table table = table(0);
      String location = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
      DataWriter<Record> writer =
          Parquet.writeData(table.io().newOutputFile(location))
              .forTable(table)
              .createWriterFunc(GenericParquetWriter::create)
              .build();
      try (writer) {
        for (int row = 0; row < rows; row++) {
          Record record = GenericRecord.create(table.schema());
          record.set(0, row);
          writer.write(record);
        }
      }
      commit(table, writer.toDataFile());
    }

    @Override
    public void close() {
      catalog.close();
    }
  }
}
