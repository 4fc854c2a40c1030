package io.orochi.catalog.iceberg;

import io.orochi.catalog.note.FileNotes;
import io.orochi.table.io.ForwardingTableOperations;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.LocationProvider;

/**
 * A table, as it was read, for one attempt to write to it: each new file is noted before it is
 * written. One statement.
 *
 * @param notes whoever writes says when the files are settled
 */
public record NotedTable(Table table, FileNotes notes) implements AutoCloseable {

  /** A table that is not this catalog's own, or is inside a transaction, comes back as it is. */
  public static NotedTable of(Table table) {
    if (!(table instanceof HasTableOperations has)
        || !(has.operations() instanceof OrochiTableOperations stored)) {
      return new NotedTable(table, FileNotes.NONE);
    }
    FileNotes notes = stored.notes();
    notes.belongTo(stored.identifier(), stored.current().uuid());
    return new NotedTable(new BaseTable(new Noting(stored, notes), table.name()), notes);
  }

  /** The same creation of a table. Nothing must have been added to it yet. */
  public static Transaction creation(
      OrochiIcebergCatalog catalog,
      TableIdentifier identifier,
      Transaction creation,
      FileNotes notes) {
    notes.belongTo(identifier, creation.table().uuid().toString());
    return Transactions.createTableTransaction(
        creation.table().name(),
        new Noting(catalog.tableOperations(identifier), notes),
        ((BaseTransaction) creation).currentMetadata());
  }

  @Override
  public void close() {
    notes.close();
  }

  /** Notes every location for a data file before it is given away. A copy notes nothing. */
  public static final class Locations implements LocationProvider {
    private static final long serialVersionUID = 1L;

    private final LocationProvider locations;
    private final transient FileNotes notes;

    public Locations(LocationProvider locations, FileNotes notes) {
      this.locations = locations;
      this.notes = notes;
    }

    @Override
    public String newDataLocation(String fileName) {
      return notes.noted(locations.newDataLocation(fileName));
    }

    @Override
    public String newDataLocation(PartitionSpec spec, StructLike partition, String fileName) {
      return notes.noted(locations.newDataLocation(spec, partition, fileName));
    }
  }

  private static final class Noting extends ForwardingTableOperations {
    private final FileNotes notes;

    Noting(TableOperations stored, FileNotes notes) {
      super(stored);
      this.notes = notes;
    }

    @Override
    public String metadataFileLocation(String fileName) {
      return notes.noted(super.metadataFileLocation(fileName));
    }

    @Override
    public LocationProvider locationProvider() {
      return new Locations(super.locationProvider(), notes);
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
      return new Noting(super.temp(uncommitted), notes);
    }
  }
}
