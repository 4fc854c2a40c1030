package io.orochi.catalog.flink;

import io.orochi.catalog.hypertable.Distributions;
import io.orochi.catalog.secret.Secrets;
import io.orochi.table.history.ReadPoints;
import io.orochi.table.kernel.changelog.ChangelogColumns;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.TableDistribution;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * How a stored table looks to Flink. What {@code SHOW CREATE TABLE} prints of it creates an equal
 * table, and holds no secret.
 */
final class TableDefinitions {
  private static final String SNAPSHOT_ID = "snapshot-id";

  private TableDefinitions() {}

  static CatalogTable toFlink(Table table, ReadPoint readPoint) {
    org.apache.iceberg.Schema schema = table.schema();
    Map<String, String> options = options(table);
    CatalogTable.Builder definition = CatalogTable.newBuilder();
    if (readPoint instanceof ReadPoint.At at) {
      long snapshotId = ReadPoints.asOf(table, Instant.ofEpochMilli(at.epochMillis())).snapshotId();
      schema = SnapshotUtil.schemaFor(table, snapshotId);
      options.put(SNAPSHOT_ID, Long.toString(snapshotId));
      definition.snapshot(at.epochMillis());
    }
    return definition
        .schema(schema(schema))
        .comment(table.properties().get(TableProperties.COMMENT))
        .partitionKeys(identityKeys(table))
        .distribution(distribution(table).orElse(null))
        .options(options)
        .build();
  }

  /** The changes of a table, up to a point. */
  static CatalogTable changelog(Table table, ReadPoint readPoint) {
    Map<String, String> options = options(table);
    if (readPoint instanceof ReadPoint.At at) {
      long last = ReadPoints.asOf(table, Instant.ofEpochMilli(at.epochMillis())).snapshotId();
      options.put(SNAPSHOT_ID, Long.toString(last));
    }
    return CatalogTable.newBuilder()
        .schema(schema(ChangelogColumns.of(table.schema())))
        .comment("The changes of " + table.name())
        .options(options)
        .build();
  }

  /** Names the primary key by its columns; Iceberg's own conversion invents a name each time. */
  private static Schema schema(org.apache.iceberg.Schema stored) {
    ResolvedSchema resolved = FlinkSchemaUtil.toResolvedSchema(stored);
    UniqueConstraint key =
        resolved
            .getPrimaryKey()
            .map(UniqueConstraint::getColumns)
            .map(columns -> UniqueConstraint.primaryKey("PK_" + String.join("_", columns), columns))
            .orElse(null);
    return Schema.newBuilder()
        .fromResolvedSchema(new ResolvedSchema(resolved.getColumns(), List.of(), key))
        .build();
  }

  private static Map<String, String> options(Table table) {
    Map<String, String> options = new TreeMap<>(table.properties());
    options.keySet().removeIf(TableDefinitions::isHidden);
    return new LinkedHashMap<>(options);
  }

  /** Whether a property is shown in another way, or not at all. */
  private static boolean isHidden(String key) {
    return key.equals(TableProperties.COMMENT)
        || key.equals(TableOptions.DISTRIBUTION)
        || Secrets.isSecret(key);
  }

  private static Optional<TableDistribution> distribution(Table table) {
    return Distributions.of(table) instanceof Distribution.Hash hash
        ? Optional.of(TableDistribution.ofHash(List.of(hash.column()), hash.shards()))
        : Optional.empty();
  }

  /** Flink knows only identity partitions; with any other it is shown none. */
  private static List<String> identityKeys(Table table) {
    List<String> keys = new ArrayList<>();
    for (PartitionField field : table.spec().fields()) {
      if (field.transform().isIdentity()) {
        keys.add(table.schema().findColumnName(field.sourceId()));
      } else if (!field.transform().isVoid()) {
        return List.of();
      }
    }
    return keys;
  }
}
