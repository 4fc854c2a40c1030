package io.orochi.gateway.plan.cache;

import io.orochi.catalog.flink.OrochiCatalog;
import io.orochi.catalog.flink.lookup.TableShape;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.ObjectPath;

/** Whether tables are what something was understood by. Asks the metastore for each. */
final class KnownTables {
  private final OrochiCatalog catalog;

  KnownTables(OrochiCatalog catalog) {
    this.catalog = catalog;
  }

  /** With the shapes of those that are at their versions now. */
  CachedPlan.Basis basis(Map<ObjectPath, String> versions) {
    Map<ObjectPath, TableShape> shapes = new HashMap<>();
    versions.forEach(
        (table, version) ->
            catalog
                .shape(table)
                .filter(now -> now.version().equals(version))
                .ifPresent(now -> shapes.put(table, now.shape())));
    return new CachedPlan.Basis(versions, shapes);
  }

  /**
   * The versions of now. A table without a known shape has to be at its version.
   *
   * @return the same if no version is another; empty if a shape is
   */
  Optional<CachedPlan.Basis> renewed(CachedPlan.Basis basis) {
    if (isCurrent(basis.versions())) {
      return Optional.of(basis);
    }
    Map<ObjectPath, String> versions = new HashMap<>();
    for (Map.Entry<ObjectPath, String> known : basis.versions().entrySet()) {
      ObjectPath table = known.getKey();
      Optional<String> now =
          catalog
              .version(table)
              .filter(known.getValue()::equals)
              .or(() -> versionWith(table, basis.shapes().get(table)));
      if (now.isEmpty()) {
        return Optional.empty();
      }
      versions.put(table, now.get());
    }
    return Optional.of(new CachedPlan.Basis(versions, basis.shapes()));
  }

  boolean isCurrent(Map<ObjectPath, String> versions) {
    return versions.entrySet().stream()
        .allMatch(known -> catalog.version(known.getKey()).equals(Optional.of(known.getValue())));
  }

  private Optional<String> versionWith(ObjectPath table, TableShape shape) {
    return shape == null
        ? Optional.empty()
        : catalog.shape(table).filter(now -> now.shape().equals(shape)).map(TableShape.At::version);
  }
}
