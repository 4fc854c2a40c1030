package io.orochi.catalog.hypertable;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Tables whose equal keys lie in equal shards, so that they join shard by shard. */
public final class ColocationGroups {
  private final OrochiIcebergCatalog catalog;

  public ColocationGroups(OrochiIcebergCatalog catalog) {
    this.catalog = catalog;
  }

  /** The group's name; empty if the table is in none. */
  public static Optional<String> of(Table table) {
    return Optional.ofNullable(table.properties().get(TableOptions.COLOCATION_GROUP));
  }

  /** The tables of a group, in the order of their names. */
  public List<TableIdentifier> members(String group) {
    List<TableIdentifier> members = new ArrayList<>();
    catalog.listNamespaces().stream()
        .flatMap(namespace -> catalog.listTables(namespace).stream())
        .filter(table -> isIn(table, group))
        .forEach(members::add);
    return members;
  }

  /**
   * Requires that equal keys of the two get equal shards.
   *
   * @throws OrochiException INVALID_ARGUMENT
   */
  public static void requireAlike(Table other, Table table, Distribution.Hash wanted) {
    if (!(Distributions.of(other) instanceof Distribution.Hash hash)) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT,
              "Cannot co-locate with a table that is not distributed: " + other.name())
          .withHint("CALL sys.create_distributed_table on it first.");
    }
    String theirs = hashing(other.schema().findType(hash.column()));
    String ours = hashing(table.schema().findType(wanted.column()));
    if (hash.shards() != wanted.shards() || !theirs.equals(ours)) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT,
              "Cannot co-locate " + table.name() + " with " + other.name())
          .withDetail(
              "One is spread over %d shards by a key of %s, the other over %d by one of %s."
                  .formatted(wanted.shards(), ours, hash.shards(), theirs))
          .withHint("Leave out shard_count, and choose a column of the same type.");
    }
  }

  /** Types of one name hash equal values alike. */
  private static String hashing(Type type) {
    return switch (type.typeId()) {
      case INTEGER, LONG -> "whole numbers";
      case TIMESTAMP -> "timestamps";
      case DECIMAL -> "decimals of scale " + ((Types.DecimalType) type).scale();
      case FIXED, BINARY -> "bytes";
      default -> type.typeId().toString().toLowerCase(java.util.Locale.ROOT);
    };
  }

  private boolean isIn(TableIdentifier identifier, String group) {
    try {
      return of(catalog.loadTable(identifier)).filter(group::equals).isPresent();
    } catch (NoSuchTableException dropped) {
      return false;
    }
  }
}
