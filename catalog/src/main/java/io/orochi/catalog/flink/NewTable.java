package io.orochi.catalog.flink;

import io.orochi.catalog.flink.ddl.ColumnTypes;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.Dedup;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import io.orochi.table.layout.TableOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.TableDistribution;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * What a {@code CREATE TABLE} asks for, checked: whatever would not be kept is refused.
 *
 * @param location null for the default
 */
record NewTable(
    Schema schema, PartitionSpec spec, Map<String, String> properties, String location) {
  private static final String LOCATION = "location";

  /**
   * @throws OrochiException STATEMENT_NOT_SUPPORTED for what a stored table cannot have, and the
   *     errors of {@link TableLayout#validate}
   */
  static NewTable of(CatalogBaseTable definition) {
    if (!(definition instanceof ResolvedCatalogTable table)) {
      throw unsupported("Cannot store a materialized table in this catalog")
          .withHint("Use CREATE VIEW, or CREATE TABLE … AS.");
    }
    refuseUnstorable(table);
    Schema schema = ColumnTypes.toIceberg(table.getResolvedSchema());
    Map<String, String> properties = new LinkedHashMap<>(table.getOptions());
    String location = properties.remove(LOCATION);
    distribution(table)
        .ifPresent(hash -> properties.put(TableOptions.DISTRIBUTION, hash.toString()));
    TableLayout.validate(schema, properties);
    Optional<TableLayout> layout = TableLayout.of(properties);
    layout.ifPresent(found -> properties.putAll(found.properties()));
    if (table.getComment() != null && !table.getComment().isEmpty()) {
      properties.put(TableProperties.COMMENT, table.getComment());
    }
    if (!schema.identifierFieldIds().isEmpty()) {
      properties.putIfAbsent(TableOptions.DEDUP, Dedup.UPSERT.text());
    }
    PartitionSpec spec = spec(table, schema, properties);
    Dedup.check(schema, properties, spec);
    return new NewTable(schema, spec, properties, location);
  }

  void create(OrochiIcebergCatalog catalog, TableIdentifier identifier) {
    builder(catalog, identifier).create();
  }

  /** The table exists once the transaction is committed. */
  Transaction begin(OrochiIcebergCatalog catalog, TableIdentifier identifier) {
    return builder(catalog, identifier).createTransaction();
  }

  private Catalog.TableBuilder builder(OrochiIcebergCatalog catalog, TableIdentifier identifier) {
    return catalog
        .buildTable(identifier, schema)
        .withPartitionSpec(spec)
        .withLocation(location)
        .withProperties(properties);
  }

  private static PartitionSpec spec(
      ResolvedCatalogTable table, Schema schema, Map<String, String> properties) {
    List<String> keys = table.getPartitionKeys();
    Optional<TableLayout> layout = TableLayout.of(properties);
    if (layout.isPresent()) {
      if (!keys.isEmpty()) {
        throw unsupported("Cannot combine PARTITIONED BY with " + TableOptions.HYPERTABLE)
            .withDetail("A hypertable is partitioned by its time column and its distribution.")
            .withHint("Leave out PARTITIONED BY; DISTRIBUTED BY HASH(column) adds shards.");
      }
      return layout.get().partitionSpec(schema);
    }
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    keys.forEach(spec::identity);
    String distribution = properties.get(TableOptions.DISTRIBUTION);
    if (distribution != null
        && Distribution.parse(distribution) instanceof Distribution.Hash hash) {
      spec.bucket(hash.column(), hash.shards());
    }
    return spec.build();
  }

  private static Optional<Distribution.Hash> distribution(ResolvedCatalogTable table) {
    if (table.getDistribution().isEmpty()) {
      return Optional.empty();
    }
    TableDistribution wanted = table.getDistribution().get();
    if (wanted.getKind() == TableDistribution.Kind.RANGE || wanted.getBucketKeys().size() != 1) {
      throw unsupported("Cannot distribute a table in this way")
          .withDetail("Rows are spread by the hash of one column.")
          .withHint("Write DISTRIBUTED BY HASH(column) INTO n BUCKETS.");
    }
    int shards = wanted.getBucketCount().orElse(Distribution.SHARDS_DEFAULT);
    return Optional.of(new Distribution.Hash(wanted.getBucketKeys().get(0), shards));
  }

  private static void refuseUnstorable(ResolvedCatalogTable table) {
    for (Column column : table.getResolvedSchema().getColumns()) {
      if (!column.isPhysical()) {
        throw unsupported("Cannot store a computed or metadata column: " + column.getName())
            .withHint("Compute it in the query, or in a view.");
      }
    }
    if (!table.getResolvedSchema().getWatermarkSpecs().isEmpty()) {
      throw unsupported("Cannot store a watermark")
          .withHint("Leave out WATERMARK; streaming reads set it in the query.");
    }
    String connector = table.getOptions().get("connector");
    if (connector != null) {
      throw unsupported("Cannot create a table of connector '" + connector + "' in this catalog")
          .withDetail("Its tables are stored by Orochi itself.")
          .withHint("Leave the option out, or use CREATE TEMPORARY TABLE.");
    }
  }

  private static OrochiException unsupported(String message) {
    return OrochiException.of(OrochiErrorCode.STATEMENT_NOT_SUPPORTED, message);
  }
}
