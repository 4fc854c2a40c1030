package io.orochi.catalog.iceberg;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orochi.catalog.metastore.Metastore;
import io.orochi.catalog.metastore.MetastoreAddress;
import io.orochi.catalog.metastore.MetastoreChange;
import io.orochi.catalog.metastore.MetastoreEntry;
import io.orochi.catalog.metastore.MetastoreKey.Space;
import io.orochi.catalog.metastore.Metastores;
import io.orochi.catalog.note.FileNotes;
import io.orochi.catalog.trash.DroppedTable;
import io.orochi.catalog.trash.DroppedTables;
import io.orochi.table.digest.VerifyingFileIO;
import io.orochi.table.integrity.Loss;
import io.orochi.table.integrity.TableRepair;
import io.orochi.table.io.DurableFileIO;
import io.orochi.table.layout.IntervalText;
import io.orochi.table.layout.TableOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.hadoop.Configurable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.iceberg.view.BaseMetastoreViewCatalog;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Iceberg tables, views and namespaces on a {@link Metastore}. Safe to share between threads, and
 * with other processes that open the same metastore under the same catalog name; a stock
 * JdbcCatalog is such a process too.
 */
public final class OrochiIcebergCatalog extends BaseMetastoreViewCatalog
    implements SupportsNamespaces, Configurable<Object> {
  private static final Logger LOG = LoggerFactory.getLogger(OrochiIcebergCatalog.class);
  private static final int CACHED_METADATA_FILES = 512;

  private final VerifyingFileIO.Written written = new VerifyingFileIO.Written();
  private final Cache<String, OrochiTableOperations.Known> metadataByLocation =
      Caffeine.newBuilder().maximumSize(CACHED_METADATA_FILES).softValues().build();
  private Object hadoopConf;
  private CatalogConfig config;
  private Map<String, String> properties = Map.of();
  private Metastore metastore;
  private Namespaces namespaces;
  private volatile Supplier<FileNotes> notes = () -> FileNotes.NONE;
  private FileIO storage;
  private FileIO io;

  /** Opens a catalog; the caller closes it. */
  public static OrochiIcebergCatalog open(CatalogConfig config) {
    OrochiIcebergCatalog catalog = new OrochiIcebergCatalog();
    catalog.initialize(config.name(), config.toProperties());
    return catalog;
  }

  /** Only for a FileIO that runs on Hadoop; call it before {@link #initialize}. */
  @Override
  public void setConf(Object conf) {
    this.hadoopConf = conf;
  }

  @Override
  public void initialize(String name, Map<String, String> options) {
    config = CatalogConfig.fromProperties(name, options);
    properties = TableDefaults.addTo(config.toProperties());
    storage = FileIOs.open(config, hadoopConf);
    io = DurableFileIO.around(storage);
    metastore =
        Metastores.open(
            name,
            MetastoreAddress.of(
                config.metastoreUri(),
                options.get(CatalogConfig.METASTORE_USER),
                options.get(CatalogConfig.METASTORE_PASSWORD)));
    namespaces = new Namespaces(metastore, config.warehouse());
    super.initialize(name, properties);
  }

  public CatalogConfig config() {
    return config;
  }

  /** The store under the tables, for definitions that are not tables. */
  public Metastore metastore() {
    return metastore;
  }

  /** Notes what commits write from now on; nothing is noted otherwise. */
  public void noteWith(Supplier<FileNotes> kept) {
    notes = kept;
  }

  /** For one attempt at a commit. */
  public FileNotes notes() {
    return notes.get();
  }

  /** The storage of all tables. */
  public FileIO fileIO() {
    return io;
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  protected Map<String, String> properties() {
    return properties;
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier identifier) {
    return tableOperations(identifier);
  }

  OrochiTableOperations tableOperations(TableIdentifier identifier) {
    return new OrochiTableOperations(
        identifier, metastore, storage, written, metadataByLocation, this::notes);
  }

  @Override
  protected ViewOperations newViewOps(TableIdentifier identifier) {
    return new OrochiViewOperations(identifier, metastore, io);
  }

  @Override
  protected String defaultWarehouseLocation(TableIdentifier identifier) {
    String plain = namespaces.location(identifier.namespace()) + "/" + identifier.name();
    return isTaken(plain) ? plain + "-" + UUID.randomUUID().toString().substring(0, 8) : plain;
  }

  /** Whether a dropped or renamed table has left files where a new one of its name would go. */
  private boolean isTaken(String location) {
    return io instanceof SupportsPrefixOperations files
        && files.listPrefix(location + "/metadata/").iterator().hasNext();
  }

  /**
   * Where a table's current metadata is. Costs one look-up; equal locations mean that nothing about
   * the table has changed.
   */
  public String metadataLocation(TableIdentifier identifier) {
    return metastore
        .get(Keys.table(identifier))
        .orElseThrow(() -> new NoSuchTableException("Table does not exist: %s", identifier));
  }

  /** The same of a table or a view; empty if there is neither. */
  public Optional<String> findPointer(TableIdentifier identifier) {
    return metastore.get(Keys.table(identifier)).or(() -> metastore.get(Keys.view(identifier)));
  }

  @Override
  public boolean tableExists(TableIdentifier identifier) {
    return metastore.get(Keys.table(identifier)).isPresent() || super.tableExists(identifier);
  }

  @Override
  public Table registerTable(TableIdentifier identifier, String metadataLocation) {
    namespaces.requireExists(identifier.namespace());
    return super.registerTable(identifier, metadataLocation);
  }

  @Override
  public TableBuilder buildTable(TableIdentifier identifier, Schema schema) {
    namespaces.requireExists(identifier.namespace());
    return super.buildTable(identifier, schema);
  }

  /**
   * Commits to several tables at one point in time: every reader sees all of the commits or none.
   *
   * @throws org.apache.iceberg.exceptions.CommitFailedException if a requirement no longer holds;
   *     nothing was published
   * @throws org.apache.iceberg.exceptions.CommitStateUnknownException if the answer was lost
   */
  public void commitTransaction(List<TableCommit> commits) {
    commitTransaction(commits, List.of());
  }

  /** The same, with changes of records that must hold and happen at the same point in time. */
  public void commitTransaction(List<TableCommit> commits, List<MetastoreChange> records) {
    new MultiTableCommit(this, metastore, io).commit(commits, records);
  }

  /**
   * Points a table whose metadata file is damaged to the newest sound one. Empty if it is sound.
   *
   * @throws io.orochi.table.error.OrochiException METADATA_CORRUPT if there is none
   */
  public List<Loss> rollBackMetadata(TableIdentifier identifier, TableRepair.Run run) {
    return new MetadataRollback(metastore, DurableFileIO.around(io), identifier).run(run);
  }

  /**
   * Without {@code purge} the table can come back for a time, see {@link #droppedTables()}; with it
   * the files are deleted at once.
   */
  @Override
  public boolean dropTable(TableIdentifier identifier, boolean purge) {
    TableMetadata last = readForDrop(tableOperations(identifier), identifier);
    if (!purge) {
      Duration keepFor = keepFor(last);
      return namespaces.deletePointer(
          Keys.table(identifier),
          identifier,
          location ->
              List.of(
                  droppedTables()
                      .remember(
                          Keys.text(identifier.namespace()),
                          identifier.name(),
                          location,
                          keepFor)));
    }
    if (!namespaces.deletePointer(Keys.table(identifier), identifier)) {
      return false;
    }
    if (last != null) {
      CatalogUtil.dropTableData(io, last);
    }
    return true;
  }

  /** The tables that were dropped and not yet purged. */
  public DroppedTables droppedTables() {
    return new DroppedTables(metastore, Clock.systemUTC());
  }

  /**
   * Deletes the files of a dropped table for good.
   *
   * @return false if it came back meanwhile
   */
  public boolean purge(DroppedTable dropped) {
    if (!droppedTables().forget(dropped)) {
      return false;
    }
    try {
      CatalogUtil.dropTableData(io, TableMetadataParser.read(io, dropped.metadataLocation()));
    } catch (NotFoundException e) {
      LOG.warn("Purging a table whose metadata is gone: {}", dropped, e);
    }
    return true;
  }

  private static Duration keepFor(TableMetadata last) {
    String text = last == null ? null : last.property(TableOptions.UNDROP_KEEP_FOR, null);
    IntervalText interval =
        IntervalText.parse(text == null ? TableOptions.UNDROP_KEEP_FOR_DEFAULT : text);
    return Duration.ofDays(interval.months() * 30L).plusSeconds(interval.seconds());
  }

  @Override
  public boolean dropView(TableIdentifier identifier) {
    ViewMetadata last = null;
    try {
      last = newViewOps(identifier).current();
    } catch (NotFoundException e) {
      LOG.warn("Dropping a view whose metadata is gone: {}", identifier, e);
    }
    if (!namespaces.deletePointer(Keys.view(identifier), identifier)) {
      return false;
    }
    if (last != null) {
      CatalogUtil.dropViewMetadata(io, last);
    }
    return true;
  }

  @Override
  public List<TableIdentifier> listTables(Namespace namespace) {
    namespaces.requireExists(namespace);
    return identifiers(namespace, Space.TABLE);
  }

  @Override
  public List<TableIdentifier> listViews(Namespace namespace) {
    namespaces.requireExists(namespace);
    return identifiers(namespace, Space.VIEW);
  }

  @Override
  public void renameTable(TableIdentifier from, TableIdentifier to) {
    if (!namespaces.rename(Keys.table(from), Keys.table(to), to)) {
      throw new NoSuchTableException("Table does not exist: %s", from);
    }
  }

  @Override
  public void renameView(TableIdentifier from, TableIdentifier to) {
    if (!namespaces.rename(Keys.view(from), Keys.view(to), to)) {
      throw new NoSuchViewException("View does not exist: %s", from);
    }
  }

  @Override
  public void createNamespace(Namespace namespace, Map<String, String> metadata) {
    namespaces.create(namespace, metadata);
  }

  @Override
  public List<Namespace> listNamespaces(Namespace parent) {
    return namespaces.list(parent);
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(Namespace namespace) {
    return namespaces.properties(namespace);
  }

  @Override
  public boolean namespaceExists(Namespace namespace) {
    return namespaces.exists(namespace);
  }

  @Override
  public boolean dropNamespace(Namespace namespace) {
    return namespaces.drop(namespace);
  }

  @Override
  public boolean setProperties(Namespace namespace, Map<String, String> updates) {
    namespaces.alter(namespace, updates);
    return true;
  }

  @Override
  public boolean removeProperties(Namespace namespace, Set<String> keys) {
    Map<String, String> removals = new HashMap<>();
    keys.forEach(key -> removals.put(key, null));
    namespaces.alter(namespace, removals);
    return true;
  }

  @Override
  public void close() {
    if (metastore != null) {
      metastore.close();
      io.close();
    }
  }

  @Override
  public String toString() {
    return "OrochiIcebergCatalog[" + config + "]";
  }

  private List<TableIdentifier> identifiers(Namespace namespace, Space space) {
    return metastore.list(space, Keys.text(namespace)).stream()
        .map(MetastoreEntry::key)
        .map(key -> TableIdentifier.of(namespace, key.name()))
        .toList();
  }

  private static TableMetadata readForDrop(
      OrochiTableOperations operations, TableIdentifier identifier) {
    try {
      return operations.current();
    } catch (NotFoundException e) {
      LOG.warn("Dropping a table whose metadata is gone: {}", identifier, e);
      return null;
    }
  }
}
