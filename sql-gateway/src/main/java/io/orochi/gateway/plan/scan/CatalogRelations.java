package io.orochi.gateway.plan.scan;

import io.orochi.catalog.flink.OrochiCatalog;
import io.orochi.catalog.flink.source.ReadOptions;
import io.orochi.catalog.info.InfoContext;
import io.orochi.catalog.info.InfoView;
import io.orochi.catalog.info.InfoViews;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.table.history.MetadataRows;
import io.orochi.table.history.MetadataTableName;
import io.orochi.table.kernel.scan.ScanRequest.SchemaOf;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.iceberg.MetadataTableType;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** Tables and info views of Orochi catalogs. */
public final class CatalogRelations implements Relations {
  private final Map<String, String> sessionSettings;
  private final Clock clock;
  private final BiFunction<org.apache.iceberg.catalog.Catalog, TableIdentifier, Table> tables;

  /**
   * @param sessionSettings what {@code info.settings} shows as set
   * @param tables loads a table as the session sees it
   */
  public CatalogRelations(
      Map<String, String> sessionSettings,
      Clock clock,
      BiFunction<org.apache.iceberg.catalog.Catalog, TableIdentifier, Table> tables) {
    this.sessionSettings = Map.copyOf(sessionSettings);
    this.clock = clock;
    this.tables = tables;
  }

  @Override
  public Relation find(ContextResolvedTable table) {
    ObjectIdentifier id = table.isAnonymous() ? null : table.getIdentifier();
    Catalog catalog = table.getCatalog().orElse(null);
    if (id == null || !(catalog instanceof OrochiCatalog orochi)) {
      throw new CannotExpress("the table " + table + ", which is not in an Orochi catalog,");
    }
    String name = id.getDatabaseName() + "." + id.getObjectName();
    if (id.getDatabaseName().equals(InfoViews.DATABASE)) {
      InfoView view =
          InfoViews.find(id.getObjectName())
              .orElseThrow(() -> new CannotExpress("the view " + name));
      InfoContext context =
          new InfoContext(orochi.icebergCatalog(), sessionSettings, clock, orochi.serverRows());
      return new Relation.Computed(name, view.schema(), () -> view.rows(context));
    }
    Optional<MetadataTableName> described = MetadataTableName.parse(id.getObjectName());
    String stored = described.map(MetadataTableName::table).orElse(id.getObjectName());
    TableIdentifier identifier = TableIdentifier.of(Namespace.of(id.getDatabaseName()), stored);
    Table loaded = tables.apply(orochi.icebergCatalog(), identifier);
    Map<String, String> options = table.getResolvedTable().getOptions();
    if (!ReadOptions.kernelReads(options)) {
      throw new CannotExpress("a reading of table " + name + " between two snapshots");
    }
    Long snapshotId = ReadOptions.snapshotId(loaded, options);
    return described.isPresent()
        ? metadata(name, loaded, described.get(), snapshotId)
        : new Relation.Stored(name, loaded, snapshotId, schemaOf(table));
  }

  private static Relation metadata(
      String name, Table described, MetadataTableName metadata, Long snapshotId) {
    if (metadata.isChangelog()) {
      return new Relation.Changelog(name, described, snapshotId);
    }
    if (MetadataTableType.from(metadata.aspect()) == MetadataTableType.POSITION_DELETES) {
      throw new CannotExpress("the table " + name);
    }
    Table rows = MetadataRows.table(described, metadata.aspect());
    return new Relation.Metadata(name, rows, snapshotId);
  }

  /** FOR SYSTEM_TIME AS OF was validated by the schema of that time, a hint by today's. */
  private static SchemaOf schemaOf(ContextResolvedTable table) {
    return table.getResolvedTable() instanceof CatalogTable known && known.getSnapshot().isPresent()
        ? SchemaOf.SNAPSHOT
        : SchemaOf.TABLE;
  }
}
