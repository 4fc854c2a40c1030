package io.orochi.catalog.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.commit.ChangedFiles;
import io.orochi.table.commit.TableChange;
import io.orochi.table.error.OrochiException;
import io.orochi.table.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions past every door: files are named, and nobody opens them. */
class LakeTransactionTest {
  private static final TableIdentifier A = TableIdentifier.of("default", "a");
  private static final TableIdentifier B = TableIdentifier.of("default", "b");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path folder;
  private OrochiIcebergCatalog catalog;
  private OpenTransactions transactions;
  private int files;

  @BeforeEach
  void createTwoTables() {
    catalog =
        OrochiIcebergCatalog.open(
            new CatalogConfig(
                "orochi",
                folder.resolve("warehouse").toString(),
                "jdbc:sqlite:" + folder.resolve("metastore.db"),
                Map.of()));
    catalog.createNamespace(Namespace.of("default"));
    Schema schema = new Schema(Types.NestedField.required(1, "id", Types.IntegerType.get()));
    catalog.createTable(A, schema);
    catalog.createTable(B, schema);
    transactions = transactions();
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void bothTablesChangeAtOnePointInTime() {
    LakeTransaction transaction = begin(TransactionIsolation.SNAPSHOT);
    append(transaction, A);
    append(transaction, A);
    append(transaction, B);
    assertThat(count(catalog.loadTable(A))).isZero();
    assertThat(count(transaction.table(A))).isEqualTo(2);

    transaction.commit(PATIENCE);
    assertThat(count(catalog.loadTable(A))).isEqualTo(2);
    assertThat(count(catalog.loadTable(B))).isEqualTo(1);
    assertThat(catalog.loadTable(A).snapshots()).hasSize(1);
    assertThat(journals()).isEmpty();
  }

  @Test
  void allTablesAreSeenAsOfOnePointInTime() {
    append(A);
    LakeTransaction transaction = begin(TransactionIsolation.SNAPSHOT);
    transaction.table(A);
    append(A);
    append(B);

    assertThat(count(transaction.table(A))).isEqualTo(1);
    assertThat(count(transaction.table(B))).isZero();
  }

  @Test
  void atReadCommittedEachStatementSeesTheNewest() {
    LakeTransaction transaction = begin(TransactionIsolation.READ_COMMITTED);
    append(transaction, A);
    append(A);
    assertThat(count(transaction.table(A))).isEqualTo(1);
    transaction.beginStatement();
    assertThat(count(transaction.table(A))).isEqualTo(2);
    append(B);
    assertThat(count(transaction.table(B))).isZero();
    transaction.commit(PATIENCE);
    assertThat(count(catalog.loadTable(A))).isEqualTo(2);
  }

  @Test
  void aTableThatCameLaterIsNotSeen() {
    LakeTransaction transaction = begin(TransactionIsolation.SNAPSHOT);
    transaction.table(A);
    TableIdentifier late = TableIdentifier.of("default", "late");
    catalog.createTable(late, catalog.loadTable(A).schema());
    assertThatThrownBy(() -> transaction.table(late))
        .isInstanceOf(NoSuchTableException.class)
        .hasMessageContaining("default.late");
  }

  @Test
  void appendsOfOthersDoNotDisturb() {
    LakeTransaction transaction = begin(TransactionIsolation.SNAPSHOT);
    append(transaction, A);
    append(A);
    transaction.commit(PATIENCE);
    assertThat(count(catalog.loadTable(A))).isEqualTo(2);
  }

  @Test
  void aSerializableTransactionHoldsToWhatItRead() {
    LakeTransaction transaction = begin(TransactionIsolation.SERIALIZABLE);
    transaction.noteRead(transaction.table(A), Expressions.alwaysTrue());
    append(transaction, B);
    append(A);
    Snapshot other = catalog.loadTable(A).currentSnapshot();

    assertThatThrownBy(() -> transaction.commit(PATIENCE))
        .isInstanceOf(OrochiException.class)
        .hasMessageContaining("another commit to table default.a came first")
        .hasMessageContaining(String.valueOf(other.snapshotId()));
    assertThat(count(catalog.loadTable(B))).isZero();
  }

  @Test
  void aTableThatWasDroppedIsAConflict() {
    LakeTransaction transaction = begin(TransactionIsolation.SNAPSHOT);
    append(transaction, A);
    append(transaction, B);
    catalog.dropTable(A);
    assertThatThrownBy(() -> transaction.commit(PATIENCE))
        .hasMessageContaining("default.a")
        .hasMessageContaining("dropped meanwhile");
    assertThat(count(catalog.loadTable(B))).isZero();
  }

  @Test
  void aSchemaChangeOfAnotherIsKept() {
    LakeTransaction transaction = begin(TransactionIsolation.SNAPSHOT);
    append(transaction, A);
    catalog.loadTable(A).updateSchema().addColumn("late", Types.StringType.get()).commit();
    transaction.commit(PATIENCE);
    assertThat(catalog.loadTable(A).schema().findField("late")).isNotNull();
    assertThat(count(catalog.loadTable(A))).isEqualTo(1);
  }

  @Test
  void aRollbackDeletesItsFiles() throws IOException {
    List<Path> before = warehouse();
    LakeTransaction transaction = begin(TransactionIsolation.SNAPSHOT);
    append(transaction, A);
    assertThat(count(transaction.table(A))).isEqualTo(1);
    assertThat(warehouse()).hasSizeGreaterThan(before.size());
    transaction.rollback();
    assertThat(warehouse()).isEqualTo(before);
    assertThat(transactions.states()).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsDeletedByTheNext() throws IOException {
    List<Path> before = warehouse();
    LakeTransaction killed = begin(TransactionIsolation.SNAPSHOT);
    append(killed, A);
    assertThat(count(killed.table(A))).isEqualTo(1);

    assertThat(transactions().recover()).isPositive();
    assertThat(warehouse()).isEqualTo(before);
    assertThat(journals()).isEmpty();
  }

  @Test
  void aProcessKilledBeforeTheSwapLeavesNothing() throws IOException {
    LakeTransaction killed = begin(TransactionIsolation.SNAPSHOT);
    append(killed, A);
    append(killed, B);
    kill("transaction.before-swap", killed);

    transactions().recover();
    assertThat(count(catalog.loadTable(A))).isZero();
    assertThat(warehouse()).noneMatch(file -> file.toString().endsWith(".parquet"));
  }

  @Test
  void aProcessKilledAfterTheSwapLosesNothing() throws IOException {
    LakeTransaction killed = begin(TransactionIsolation.SNAPSHOT);
    append(killed, A);
    assertThat(count(killed.table(A))).isEqualTo(1);
    append(killed, A);
    append(killed, B);
    kill("transaction.after-swap", killed);

    assertThat(transactions().recover()).isPositive();
    assertThat(count(catalog.loadTable(A))).isEqualTo(2);
    assertThat(count(catalog.loadTable(B))).isEqualTo(1);
    assertThat(warehouse()).filteredOn(file -> file.toString().endsWith(".parquet")).hasSize(3);
    assertThat(catalog.loadTable(A).currentSnapshot().allManifests(catalog.fileIO())).isNotEmpty();
  }

  /** A commit that stops at a fault point, as if the process had ended there. */
  private void kill(String point, LakeTransaction transaction) {
    Error killed = new Error("killed");
    Fault.Action action =
        () -> {
          throw killed;
        };
    try (Fault.Armed armed = Fault.arm(point, action)) {
      assertThatThrownBy(() -> transaction.commit(PATIENCE)).isSameAs(killed);
    }
  }

  private OpenTransactions transactions() {
    return new OpenTransactions(catalog, folder.resolve("transactions"), Clock.systemUTC());
  }

  private LakeTransaction begin(TransactionIsolation isolation) {
    return transactions.begin(isolation, "test");
  }

  private void append(TableIdentifier identifier) {
    Table table = catalog.loadTable(identifier);
    table.newAppend().appendFile(file(table)).commit();
  }

  private void append(LakeTransaction transaction, TableIdentifier identifier) {
    Table table = transaction.table(identifier);
    transaction.stage(
        table, TableChange.append(ChangedFiles.added(List.of(file(table)), Map.of())));
  }

  private DataFile file(Table table) {
    String location = table.locationProvider().newDataLocation("f" + files++ + ".parquet");
    try {
      table.io().newOutputFile(location).create().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return DataFiles.builder(table.spec())
        .withPath(location)
        .withFileSizeInBytes(10)
        .withRecordCount(1)
        .build();
  }

  private static long count(Table table) {
    long rows = 0;
    try (var tasks = table.newScan().planFiles()) {
      for (var task : tasks) {
        rows += task.file().recordCount();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private List<Path> journals() {
    return list(folder.resolve("transactions"));
  }

  private List<Path> warehouse() throws IOException {
    return list(folder.resolve("warehouse"));
  }

  private static List<Path> list(Path folder) {
    if (!Files.exists(folder)) {
      return new ArrayList<>();
    }
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
