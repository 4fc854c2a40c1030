package io.orochi.gateway.plan.scan;

import io.orochi.catalog.flink.OrochiCatalog;
import io.orochi.catalog.info.InfoContext;
import io.orochi.catalog.info.InfoView;
import io.orochi.catalog.info.InfoViews;
import io.orochi.gateway.plan.sql.CannotExpress;
import java.time.Clock;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** Tables and info views of Orochi catalogs. */
public final class CatalogRelations implements Relations {
  /** Set by the catalog for FOR SYSTEM_TIME AS OF. */
  private static final String SNAPSHOT_ID = "snapshot-id";

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
    TableIdentifier identifier =
        TableIdentifier.of(Namespace.of(id.getDatabaseName()), id.getObjectName());
    String snapshot = table.getResolvedTable().getOptions().get(SNAPSHOT_ID);
    return new Relation.Stored(
        name,
        tables.apply(orochi.icebergCatalog(), identifier),
        snapshot == null ? null : Long.valueOf(snapshot));
  }
}
