package io.orochi.catalog.flink;

import io.orochi.catalog.flink.ddl.Databases;
import io.orochi.catalog.flink.ddl.SchemaEvolution;
import io.orochi.catalog.flink.ddl.Views;
import io.orochi.catalog.flink.lookup.PinnedDefinitions;
import io.orochi.catalog.flink.lookup.TableLookups;
import io.orochi.catalog.flink.lookup.TableShape;
import io.orochi.catalog.flink.procedure.ProcedureSupport;
import io.orochi.catalog.flink.procedure.Procedures;
import io.orochi.catalog.flink.procedure.QueryCanceller;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.catalog.info.InfoView;
import io.orochi.catalog.info.InfoViews;
import io.orochi.catalog.info.ServerRows;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogView;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.ProcedureNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.procedures.Procedure;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.flink.TableLoader;

/**
 * The Flink catalog {@code orochi}: Iceberg's tables with layout, views, statistics and time
 * travel, and the virtual databases {@code sys} and {@code info}. Every answer is as fresh as the
 * metastore; what makes it fast is that metadata files are read once. Safe for several threads.
 */
public class OrochiCatalog extends TablesOnlyCatalog {
  /** The database of a session that has not chosen one. */
  public static final String DEFAULT_DATABASE = "default";

  private final CatalogConfig config;
  private final OrochiIcebergCatalog catalog;
  private final Databases databases;
  private final Views views;
  private final TableLookups lookups;
  private final PinnedDefinitions definitions = new PinnedDefinitions();
  private final Supplier<Optional<String>> currentDatabase;
  private volatile ServerRows serverRows = ServerRows.NONE;
  private volatile QueryCanceller canceller = QueryCanceller.NONE;

  public OrochiCatalog(String name, CatalogConfig config) {
    super(name, DEFAULT_DATABASE);
    this.config = config;
    this.catalog = OrochiIcebergCatalog.open(config);
    this.databases = new Databases(name, catalog);
    this.views = new Views(catalog, name);
    this.lookups = new TableLookups(this::version);
    this.currentDatabase = Optional::empty;
  }

  private OrochiCatalog(OrochiCatalog shared, Supplier<Optional<String>> currentDatabase) {
    super(shared.getName(), DEFAULT_DATABASE);
    this.config = shared.config;
    this.catalog = shared.catalog;
    this.databases = shared.databases;
    this.views = shared.views;
    this.lookups = shared.lookups;
    this.serverRows = shared.serverRows;
    this.canceller = shared.canceller;
    this.currentDatabase = currentDatabase;
  }

  /**
   * The same catalog for one session, whose procedures look for a table without a database where
   * the session's statements do. It is closed with this one.
   *
   * @param database the session's current one; empty while another catalog is the current one
   */
  public OrochiCatalog inSession(Supplier<Optional<String>> database) {
    return new OrochiCatalog(this, database);
  }

  public CatalogConfig config() {
    return config;
  }

  /** The same tables without Flink; closed with this catalog. */
  public OrochiIcebergCatalog icebergCatalog() {
    return catalog;
  }

  /** Lets the views of a server show what it knows; once, before its doors open. */
  public void show(ServerRows rows) {
    serverRows = rows;
  }

  /** Lets {@code sys.cancel_query} stop statements of a server; once, before its doors open. */
  public void cancelWith(QueryCanceller queries) {
    canceller = queries;
  }

  public ServerRows serverRows() {
    return serverRows;
  }

  public TableLookups lookups() {
    return lookups;
  }

  /** For work that must see one definition of each table. */
  public PinnedDefinitions definitions() {
    return definitions;
  }

  /**
   * A text that changes with every commit to a table or view, and when it is dropped or made again;
   * costs one look-up, for a view two. One for all that do not exist: Flink asks for a table {@code
   * a} when a statement names {@code a.b}. Empty for what has none; info views never change.
   */
  public Optional<String> version(ObjectPath path) {
    if (VirtualDatabase.find(path.getDatabaseName()).isPresent()) {
      return Optional.of("");
    }
    return isStored(path)
        ? Optional.of(catalog.findPointer(Identifiers.of(path)).orElse(""))
        : Optional.empty();
  }

  /** What statements over a table are understood by; empty for all but stored tables. */
  public Optional<TableShape.At> shape(ObjectPath path) {
    return isStored(path) ? TableShape.of(catalog, Identifiers.of(path)) : Optional.empty();
  }

  /** Loads one table where a Flink task runs. */
  public TableLoader tableLoader(ObjectPath path) {
    return TableLoader.fromCatalog(new OrochiCatalogLoader(config), Identifiers.of(path));
  }

  @Override
  public void open() {
    Namespace standard = Namespace.of(DEFAULT_DATABASE);
    if (!catalog.namespaceExists(standard)) {
      try {
        catalog.createNamespace(standard);
      } catch (AlreadyExistsException e) {
        // Another session was faster.
        return;
      }
    }
  }

  @Override
  public void close() {
    catalog.close();
  }

  @Override
  public Optional<Factory> getFactory() {
    return Optional.of(new OrochiTableFactory(this));
  }

  @Override
  public List<String> listDatabases() {
    List<String> names = new ArrayList<>(databases.list());
    for (VirtualDatabase virtual : VirtualDatabase.values()) {
      names.add(virtual.title());
    }
    return names;
  }

  @Override
  public CatalogDatabase getDatabase(String database) throws DatabaseNotExistException {
    Optional<VirtualDatabase> virtual = VirtualDatabase.find(database);
    return virtual.isPresent() ? virtual.get().definition() : databases.get(database);
  }

  @Override
  public boolean databaseExists(String database) {
    return VirtualDatabase.find(database).isPresent()
        || catalog.namespaceExists(Namespace.of(database));
  }

  @Override
  public void createDatabase(String name, CatalogDatabase database, boolean ignoreIfExists)
      throws DatabaseAlreadyExistException {
    VirtualDatabase.refuseChange(name);
    try {
      databases.create(name, database);
    } catch (DatabaseAlreadyExistException e) {
      if (!ignoreIfExists) {
        throw e;
      }
    }
  }

  @Override
  public void dropDatabase(String name, boolean ignoreIfNotExists, boolean cascade)
      throws DatabaseNotExistException, DatabaseNotEmptyException {
    VirtualDatabase.refuseChange(name);
    if (ignoreIfNotExists && !databaseExists(name)) {
      return;
    }
    Namespace namespace = Namespace.of(name);
    if (cascade && catalog.namespaceExists(namespace)) {
      catalog.listTables(namespace).forEach(table -> catalog.dropTable(table, false));
      catalog.listViews(namespace).forEach(catalog::dropView);
    }
    databases.drop(name);
  }

  @Override
  public void alterDatabase(String name, CatalogDatabase database, boolean ignoreIfNotExists)
      throws DatabaseNotExistException {
    VirtualDatabase.refuseChange(name);
    if (!ignoreIfNotExists || databaseExists(name)) {
      databases.alter(name, database);
    }
  }

  @Override
  public List<String> listTables(String database) throws DatabaseNotExistException {
    Optional<VirtualDatabase> virtual = VirtualDatabase.find(database);
    if (virtual.isPresent()) {
      return virtual.get().tables();
    }
    List<String> names = new ArrayList<>();
    try {
      catalog.listTables(Namespace.of(database)).forEach(table -> names.add(table.name()));
    } catch (NoSuchNamespaceException e) {
      throw new DatabaseNotExistException(getName(), database, e);
    }
    names.removeIf(StagedTables::isStaged);
    names.addAll(listViews(database));
    return names;
  }

  @Override
  public List<String> listViews(String database) {
    if (!catalog.namespaceExists(Namespace.of(database))) {
      return List.of();
    }
    return catalog.listViews(Namespace.of(database)).stream().map(TableIdentifier::name).toList();
  }

  @Override
  public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException {
    return getTable(path, ReadPoint.LATEST);
  }

  /** The table as it was at a time, for {@code FOR SYSTEM_TIME AS OF}. */
  @Override
  public CatalogBaseTable getTable(ObjectPath path, long epochMillis)
      throws TableNotExistException {
    return getTable(path, new ReadPoint.At(epochMillis));
  }

  private CatalogBaseTable getTable(ObjectPath path, ReadPoint readPoint)
      throws TableNotExistException {
    lookups.note(path);
    if (VirtualDatabase.find(path.getDatabaseName()).isPresent()) {
      return infoView(path)
          .map(InfoTables::definition)
          .orElseThrow(() -> new TableNotExistException(getName(), path));
    }
    return definitions.get(List.of(path, readPoint), () -> stored(path, readPoint));
  }

  private CatalogBaseTable stored(ObjectPath path, ReadPoint readPoint)
      throws TableNotExistException {
    try {
      Table table = catalog.loadTable(Identifiers.of(path));
      return Identifiers.isChangelog(path)
          ? TableDefinitions.changelog(table, readPoint)
          : TableDefinitions.toFlink(table, readPoint);
    } catch (NoSuchTableException e) {
      return view(path, e);
    }
  }

  /** The time of a view's reading is that of the tables in it. */
  private CatalogBaseTable view(ObjectPath path, NoSuchTableException noTable)
      throws TableNotExistException {
    try {
      return views.load(Identifiers.of(path));
    } catch (NoSuchViewException | NoSuchNamespaceException e) {
      throw new TableNotExistException(getName(), path, noTable);
    }
  }

  @Override
  public boolean tableExists(ObjectPath path) {
    lookups.note(path);
    return VirtualDatabase.find(path.getDatabaseName()).isPresent()
        ? infoView(path).isPresent()
        : catalog.tableExists(Identifiers.of(path)) || isView(path);
  }

  private boolean isView(ObjectPath path) {
    return !Identifiers.isMetadataTable(path) && views.exists(Identifiers.of(path));
  }

  @Override
  public void createTable(ObjectPath path, CatalogBaseTable definition, boolean ignoreIfExists)
      throws TableAlreadyExistException, DatabaseNotExistException {
    refuseChange(path);
    if (!databaseExists(path.getDatabaseName())) {
      throw new DatabaseNotExistException(getName(), path.getDatabaseName());
    }
    try {
      if (definition instanceof ResolvedCatalogView view) {
        views.create(Identifiers.of(path), view);
      } else {
        NewTable.of(definition).create(catalog, Identifiers.of(path));
      }
    } catch (AlreadyExistsException e) {
      if (!ignoreIfExists) {
        throw new TableAlreadyExistException(getName(), path, e);
      }
    }
  }

  /**
   * Begins a table that exists for everybody once the transaction is committed, and leaves nothing
   * if it is not.
   *
   * @throws AlreadyExistsException if there is one of that name
   */
  public Transaction beginTable(ObjectPath path, CatalogBaseTable definition)
      throws DatabaseNotExistException {
    refuseChange(path);
    if (!databaseExists(path.getDatabaseName())) {
      throw new DatabaseNotExistException(getName(), path.getDatabaseName());
    }
    return NewTable.of(definition).begin(catalog, Identifiers.of(path));
  }

  /** Replaces the options; what {@link #getTable} hides of the stored ones stays. */
  @Override
  public void alterTable(ObjectPath path, CatalogBaseTable changed, boolean ignoreIfNotExists)
      throws TableNotExistException {
    if (!requireForChange(path, ignoreIfNotExists)) {
      return;
    }
    if (changed instanceof ResolvedCatalogView view) {
      views.replace(Identifiers.of(path), view);
    } else {
      TableAlterations.replaceOptions(stored(path), (CatalogTable) getTable(path), changed);
    }
  }

  @Override
  public void alterTable(
      ObjectPath path,
      CatalogBaseTable changed,
      List<TableChange> changes,
      boolean ignoreIfNotExists)
      throws TableNotExistException {
    if (requireForChange(path, ignoreIfNotExists)) {
      SchemaEvolution.commit(
          () -> {
            Table table = catalog.loadTable(Identifiers.of(path));
            TableAlterations.check(table, changed.getOptions(), changes);
            return table;
          },
          changes);
    }
  }

  /** A table can come back with {@code sys.undrop_table}; a view is gone. */
  @Override
  public void dropTable(ObjectPath path, boolean ignoreIfNotExists) throws TableNotExistException {
    if (!requireForChange(path, ignoreIfNotExists)) {
      return;
    }
    TableIdentifier identifier = Identifiers.of(path);
    boolean dropped =
        isView(path) ? catalog.dropView(identifier) : catalog.dropTable(identifier, false);
    if (!dropped && !ignoreIfNotExists) {
      throw new TableNotExistException(getName(), path);
    }
  }

  @Override
  public void renameTable(ObjectPath path, String newName, boolean ignoreIfNotExists)
      throws TableNotExistException, TableAlreadyExistException {
    if (!requireForChange(path, ignoreIfNotExists)) {
      return;
    }
    ObjectPath renamed = new ObjectPath(path.getDatabaseName(), newName);
    refuseChange(renamed);
    try {
      if (isView(path)) {
        catalog.renameView(Identifiers.of(path), Identifiers.of(renamed));
      } else {
        catalog.renameTable(Identifiers.of(path), Identifiers.of(renamed));
      }
    } catch (AlreadyExistsException e) {
      throw new TableAlreadyExistException(getName(), renamed, e);
    } catch (NoSuchTableException | NoSuchViewException e) {
      throw new TableNotExistException(getName(), path, e);
    }
  }

  @Override
  public CatalogTableStatistics getTableStatistics(ObjectPath path) throws TableNotExistException {
    return isStored(path) && !isView(path)
        ? TableStatistics.ofTable(stored(path))
        : CatalogTableStatistics.UNKNOWN;
  }

  @Override
  public List<String> listProcedures(String database) throws DatabaseNotExistException {
    if (!databaseExists(database)) {
      throw new DatabaseNotExistException(getName(), database);
    }
    return database.equals(Procedures.DATABASE) ? Procedures.names() : List.of();
  }

  @Override
  public Procedure getProcedure(ObjectPath path) throws ProcedureNotExistException {
    if (!path.getDatabaseName().equals(Procedures.DATABASE)) {
      throw new ProcedureNotExistException(getName(), path);
    }
    return Procedures.require(path.getObjectName())
        .create(new ProcedureSupport(catalog, databaseOfProcedures(), canceller));
  }

  private String databaseOfProcedures() {
    return currentDatabase
        .get()
        .filter(database -> VirtualDatabase.find(database).isEmpty())
        .orElse(DEFAULT_DATABASE);
  }

  Optional<InfoView> infoView(ObjectPath path) {
    return path.getDatabaseName().equals(InfoViews.DATABASE)
        ? InfoViews.find(path.getObjectName())
        : Optional.empty();
  }

  private boolean isStored(ObjectPath path) {
    return VirtualDatabase.find(path.getDatabaseName()).isEmpty()
        && !Identifiers.isMetadataTable(path);
  }

  @Override
  Table stored(ObjectPath path) throws TableNotExistException {
    try {
      return catalog.loadTable(Identifiers.of(path));
    } catch (NoSuchTableException e) {
      throw new TableNotExistException(getName(), path, e);
    }
  }

  /**
   * @return false if there is no such table or view, and that is no failure
   */
  private boolean requireForChange(ObjectPath path, boolean ignoreIfNotExists)
      throws TableNotExistException {
    refuseChange(path);
    if (tableExists(path)) {
      return true;
    }
    if (ignoreIfNotExists) {
      return false;
    }
    throw new TableNotExistException(getName(), path);
  }

  private static void refuseChange(ObjectPath path) {
    VirtualDatabase.refuseChange(path.getDatabaseName());
    if (Identifiers.isMetadataTable(path)) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT, "Cannot change a metadata table: " + path)
          .withDetail("It shows what the table's metadata says.")
          .withHint("Choose a name that does not end like one, or change the table itself.");
    }
  }
}
