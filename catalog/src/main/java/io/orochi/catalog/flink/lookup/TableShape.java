package io.orochi.catalog.flink.lookup;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.types.Types.StructType;

/**
 * All of a table that a statement is understood by: what Flink is told of it is made of this alone.
 * Rows that come and go leave it as it is; a table made again under the same name has another.
 */
public record TableShape(
    UUID uuid,
    StructType columns,
    Set<Integer> keys,
    PartitionSpec spec,
    Map<String, String> properties) {
  public TableShape {
    keys = Set.copyOf(keys);
    properties = Map.copyOf(properties);
  }

  /**
   * A shape and the version that has it.
   *
   * @param version as {@code OrochiCatalog.version} tells it
   */
  public record At(String version, TableShape shape) {}

  /** The shape of now; empty for a view and for what does not exist. */
  public static Optional<At> of(Catalog catalog, TableIdentifier identifier) {
    try {
      Table table = catalog.loadTable(identifier);
      return table instanceof BaseTable stored
          ? Optional.of(
              new At(stored.operations().current().metadataFileLocation(), shapeOf(stored)))
          : Optional.empty();
    } catch (NoSuchTableException viewOrNothing) {
      return Optional.empty();
    }
  }

  private static TableShape shapeOf(Table table) {
    return new TableShape(
        table.uuid(),
        table.schema().asStruct(),
        table.schema().identifierFieldIds(),
        table.spec(),
        table.properties());
  }
}
