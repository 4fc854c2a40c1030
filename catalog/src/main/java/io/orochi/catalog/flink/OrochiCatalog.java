package io.orochi.catalog.flink;

import io.orochi.catalog.flink.procedure.ProcedureSupport;
import io.orochi.catalog.flink.procedure.Procedures;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.catalog.info.InfoView;
import io.orochi.catalog.info.InfoViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
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
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.flink.FlinkCatalog;
import org.apache.iceberg.flink.TableLoader;

/**
 * The Flink catalog {@code orochi}: Iceberg's tables with layout, views, statistics and time
 * travel, and the virtual databases {@code sys} and {@code info}. Every answer is as fresh as the
 * metastore; what makes it fast is that metadata files are read once. Safe for several threads.
 */
public class OrochiCatalog extends FlinkCatalog {
  /** The database of a session that has not chosen one. */
  public static final String DEFAULT_DATABASE = "default";

  private final CatalogConfig config;

  public OrochiCatalog(String name, CatalogConfig config) {
    super(
        name,
        DEFAULT_DATABASE,
        Namespace.empty(),
        new OrochiCatalogLoader(config),
        Map.of(),
        false,
        -1);
    this.config = config;
  }

  public CatalogConfig config() {
    return config;
  }

  /** The same tables without Flink; closed with this catalog. */
  public OrochiIcebergCatalog icebergCatalog() {
    return (OrochiIcebergCatalog) catalog();
  }

  /** Loads one table where a Flink task runs. */
  public TableLoader tableLoader(ObjectPath path) {
    return TableLoader.fromCatalog(new OrochiCatalogLoader(config), Identifiers.of(path));
  }

  @Override
  public void open() {
    super.open();
    Namespace standard = Namespace.of(DEFAULT_DATABASE);
    if (!icebergCatalog().namespaceExists(standard)) {
      try {
        icebergCatalog().createNamespace(standard);
      } catch (AlreadyExistsException e) {
        // Another session was faster.
        return;
      }
    }
  }

  @Override
  public Optional<Factory> getFactory() {
    return Optional.of(new OrochiTableFactory(this));
  }

  @Override
  public List<String> listDatabases() {
    List<String> databases = new ArrayList<>(super.listDatabases());
    for (VirtualDatabase virtual : VirtualDatabase.values()) {
      databases.add(virtual.title());
    }
    return databases;
  }

  @Override
  public CatalogDatabase getDatabase(String database) throws DatabaseNotExistException {
    Optional<VirtualDatabase> virtual = VirtualDatabase.find(database);
    return virtual.isPresent() ? virtual.get().definition() : super.getDatabase(database);
  }

  @Override
  public boolean databaseExists(String database) {
    return VirtualDatabase.find(database).isPresent()
        || icebergCatalog().namespaceExists(Namespace.of(database));
  }

  @Override
  public void createDatabase(String name, CatalogDatabase database, boolean ignoreIfExists)
      throws DatabaseAlreadyExistException {
    VirtualDatabase.refuseChange(name);
    super.createDatabase(name, database, ignoreIfExists);
  }

  @Override
  public void dropDatabase(String name, boolean ignoreIfNotExists, boolean cascade)
      throws DatabaseNotExistException, DatabaseNotEmptyException {
    VirtualDatabase.refuseChange(name);
    Namespace namespace = Namespace.of(name);
    if (cascade && icebergCatalog().namespaceExists(namespace)) {
      icebergCatalog().listTables(namespace).forEach(icebergCatalog()::dropTable);
      icebergCatalog().listViews(namespace).forEach(icebergCatalog()::dropView);
    }
    super.dropDatabase(name, ignoreIfNotExists, cascade);
  }

  @Override
  public void alterDatabase(String name, CatalogDatabase database, boolean ignoreIfNotExists)
      throws DatabaseNotExistException {
    VirtualDatabase.refuseChange(name);
    super.alterDatabase(name, database, ignoreIfNotExists);
  }

  @Override
  public List<String> listTables(String database) throws DatabaseNotExistException {
    Optional<VirtualDatabase> virtual = VirtualDatabase.find(database);
    return virtual.isPresent() ? virtual.get().tables() : super.listTables(database);
  }

  @Override
  public CatalogTable getTable(ObjectPath path) throws TableNotExistException {
    return getTable(path, ReadPoint.LATEST);
  }

  /** The table as it was at a time, for {@code FOR SYSTEM_TIME AS OF}. */
  @Override
  public CatalogBaseTable getTable(ObjectPath path, long epochMillis)
      throws TableNotExistException {
    return getTable(path, new ReadPoint.At(epochMillis));
  }

  private CatalogTable getTable(ObjectPath path, ReadPoint readPoint)
      throws TableNotExistException {
    if (VirtualDatabase.find(path.getDatabaseName()).isPresent()) {
      return infoView(path)
          .map(InfoTables::definition)
          .orElseThrow(() -> new TableNotExistException(getName(), path));
    }
    try {
      return TableDefinitions.toFlink(load(path), readPoint);
    } catch (NoSuchTableException e) {
      throw new TableNotExistException(getName(), path, e);
    }
  }

  @Override
  public boolean tableExists(ObjectPath path) {
    return VirtualDatabase.find(path.getDatabaseName()).isPresent()
        ? infoView(path).isPresent()
        : icebergCatalog().tableExists(Identifiers.of(path));
  }

  @Override
  public void createTable(ObjectPath path, CatalogBaseTable definition, boolean ignoreIfExists)
      throws TableAlreadyExistException {
    VirtualDatabase.refuseChange(path.getDatabaseName());
    NewTable table = NewTable.of(definition);
    try {
      table.create(icebergCatalog(), Identifiers.of(path));
    } catch (AlreadyExistsException e) {
      if (!ignoreIfExists) {
        throw new TableAlreadyExistException(getName(), path, e);
      }
    }
  }

  /** Replaces the options; what {@link #getTable} hides of the stored ones stays. */
  @Override
  public void alterTable(ObjectPath path, CatalogBaseTable changed, boolean ignoreIfNotExists)
      throws TableNotExistException {
    VirtualDatabase.refuseChange(path.getDatabaseName());
    if (!tableExists(path)) {
      if (ignoreIfNotExists) {
        return;
      }
      throw new TableNotExistException(getName(), path);
    }
    TableAlterations.replaceOptions(load(path), getTable(path), changed);
  }

  @Override
  public void alterTable(
      ObjectPath path,
      CatalogBaseTable changed,
      List<TableChange> changes,
      boolean ignoreIfNotExists)
      throws TableNotExistException {
    VirtualDatabase.refuseChange(path.getDatabaseName());
    if (tableExists(path)) {
      TableAlterations.check(load(path), changed.getOptions(), changes);
    }
    super.alterTable(path, changed, changes, ignoreIfNotExists);
  }

  @Override
  public void dropTable(ObjectPath path, boolean ignoreIfNotExists) throws TableNotExistException {
    VirtualDatabase.refuseChange(path.getDatabaseName());
    super.dropTable(path, ignoreIfNotExists);
  }

  @Override
  public void renameTable(ObjectPath path, String newName, boolean ignoreIfNotExists)
      throws TableNotExistException, TableAlreadyExistException {
    VirtualDatabase.refuseChange(path.getDatabaseName());
    super.renameTable(path, newName, ignoreIfNotExists);
  }

  @Override
  public CatalogTableStatistics getTableStatistics(ObjectPath path) {
    return isStored(path) ? TableStatistics.ofTable(load(path)) : CatalogTableStatistics.UNKNOWN;
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
        .create(new ProcedureSupport(icebergCatalog(), DEFAULT_DATABASE));
  }

  @Override
  public List<String> listModels(String database) {
    return List.of();
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

  private Table load(ObjectPath path) {
    return icebergCatalog().loadTable(Identifiers.of(path));
  }
}
