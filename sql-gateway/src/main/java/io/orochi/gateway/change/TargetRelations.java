package io.orochi.gateway.change;

import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.scan.CatalogRelations;
import io.orochi.gateway.plan.scan.PlannedRelations;
import io.orochi.gateway.plan.scan.Relation;
import io.orochi.gateway.plan.scan.Relations;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** The tables of one statement as its target gives them, each loaded once. */
final class TargetRelations implements Relations {
  private final Map<TableIdentifier, Table> loaded = new HashMap<>();
  private final Relations relations;

  TargetRelations(ChangeTarget target, QuerySettings settings, Clock clock) {
    Relations all =
        new CatalogRelations(
            settings.sessionSettings(),
            clock,
            (catalog, id) -> loaded.computeIfAbsent(id, missing -> target.table(catalog, missing)));
    this.relations = target.readsCommitted() ? new PlannedRelations(all) : all;
  }

  @Override
  public Relation find(ContextResolvedTable table) {
    return relations.find(table);
  }

  /** The table that is changed; the same object as scans of it read. */
  Table load(ChangeTarget target, TargetTable table) {
    return loaded.computeIfAbsent(
        table.identifier(), missing -> target.table(table.catalog(), missing));
  }
}
