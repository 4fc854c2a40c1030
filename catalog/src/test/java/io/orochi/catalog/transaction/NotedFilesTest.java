package io.orochi.catalog.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.NotedTable;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next start makes of the files a statement has noted and not settled. */
class NotedFilesTest {
  private static final TableIdentifier A = TableIdentifier.of("default", "a");
  private static final TableIdentifier B = TableIdentifier.of("default", "b");
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.IntegerType.get()));

  @TempDir Path folder;
  private OrochiIcebergCatalog catalog;
  private OpenTransactions transactions;

  @BeforeEach
  void createTable() {
    catalog =
        OrochiIcebergCatalog.open(
            new CatalogConfig(
                "orochi",
                folder.resolve("warehouse").toString(),
                "jdbc:sqlite:" + folder.resolve("metastore.db"),
                Map.of()));
    catalog.createNamespace(Namespace.of("default"));
    transactions = new OpenTransactions(catalog, folder.resolve("transactions"), Clock.systemUTC());
    catalog.noteWith(transactions::notes);
    catalog.createTable(A, SCHEMA);
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void aFileThatWasNotCommittedIsDeleted() throws Exception {
    DataFile lost = written(false);
    assertThat(journals()).hasSize(1);

    assertThat(transactions.recover()).isEqualTo(1);

    assertThat(path(lost)).doesNotExist();
    assertThat(journals()).isEmpty();
    assertThat(catalog.loadTable(A).currentSnapshot()).isNull();
  }

  @Test
  void aCommittedFileStays() throws Exception {
    DataFile kept = written(true);

    assertThat(transactions.recover()).isZero();

    assertThat(path(kept)).exists();
    assertThat(journals()).isEmpty();
  }

  @Test
  void aTableIsKnownThoughItHasAnotherNameAndAnotherHasItsOwn() throws Exception {
    DataFile kept = written(true);
    catalog.renameTable(A, B);
    catalog.createTable(A, SCHEMA);

    assertThat(transactions.recover()).isZero();

    assertThat(path(kept)).exists();
  }

  @Test
  void aDroppedTableComesBackWithItsFiles() throws Exception {
    DataFile kept = written(true);
    catalog.dropTable(A, false);

    assertThat(transactions.recover()).isZero();

    assertThat(path(kept)).exists();
  }

  @Test
  void aTableThatIsGoneForGoodLeavesNothing() throws Exception {
    DataFile lost = written(false);
    catalog.dropTable(A, true);

    assertThat(transactions.recover()).isEqualTo(1);

    assertThat(path(lost)).doesNotExist();
  }

  /** A failing machine may keep the end of a file without its beginning. */
  @Test
  void filesWithoutTheirTableAreLeftAlone() throws Exception {
    DataFile kept = written(true);
    Path journal = journals().get(0);
    List<String> lines = Files.readAllLines(journal);
    assertThat(lines.get(0)).startsWith("C ");
    Files.writeString(journal, "\0\0\0\0\n" + lines.get(1) + "\n");

    assertThat(transactions.recover()).isZero();

    assertThat(path(kept)).exists();
  }

  @Test
  void aTableThatCannotBeReadKeepsAllFilesUntilItCan() throws Exception {
    DataFile lost = written(false);
    Path metadata = Path.of(URI.create(catalog.metadataLocation(A)));
    byte[] bytes = Files.readAllBytes(metadata);
    Files.delete(metadata);
    OrochiIcebergCatalog fresh = OrochiIcebergCatalog.open(catalog.config());
    OpenTransactions next =
        new OpenTransactions(fresh, folder.resolve("transactions"), Clock.systemUTC());

    assertThat(next.recover()).isZero();
    assertThat(path(lost)).exists();
    Files.write(metadata, bytes);
    assertThat(next.recover()).isEqualTo(1);

    fresh.close();
    assertThat(path(lost)).doesNotExist();
  }

  /** The process ends before the files are settled. */
  private DataFile written(boolean committed) throws IOException {
    try (NotedTable noted = NotedTable.of(catalog.loadTable(A))) {
      Table table = noted.table();
      String location = table.locationProvider().newDataLocation("f.parquet");
      table.io().newOutputFile(location).create().close();
      DataFile file =
          DataFiles.builder(table.spec())
              .withPath(location)
              .withFileSizeInBytes(10)
              .withRecordCount(1)
              .build();
      if (committed) {
        table.newAppend().appendFile(file).commit();
      }
      return file;
    }
  }

  private static Path path(DataFile file) {
    return file.location().startsWith("file:")
        ? Path.of(URI.create(file.location()))
        : Path.of(file.location());
  }

  private List<Path> journals() throws IOException {
    Path journals = folder.resolve("transactions");
    try (Stream<Path> files = Files.exists(journals) ? Files.list(journals) : Stream.empty()) {
      return files.toList();
    }
  }
}
