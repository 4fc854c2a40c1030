package io.orochi.stream.ingest;

import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.layout.TableLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.io.CloseableIterable;

/** A real hypertable on the local disk. */
final class TestingTable implements AutoCloseable {
  private final CatalogConfig config;
  private final OrochiIcebergCatalog catalog;
  private final TableIdentifier identifier = TableIdentifier.of(Namespace.of("test"), "t");

  TestingTable(Path folder, Schema schema, TableLayout layout) {
    config =
        new CatalogConfig(
            "orochi",
            folder.resolve("warehouse").toString(),
            "jdbc:sqlite:" + folder.resolve("metastore.db"),
            Map.of());
    catalog = OrochiIcebergCatalog.open(config);
    catalog.createNamespace(identifier.namespace());
    catalog
        .buildTable(identifier, schema)
        .withPartitionSpec(layout.partitionSpec(schema))
        .withProperties(layout.properties())
        .create();
  }

  TableLoader loader() {
    return TableLoader.fromCatalog(catalogs(), identifier);
  }

  private CatalogLoader catalogs() {
    return CatalogLoader.custom(
        config.name(),
        config.toProperties(),
        new Configuration(),
        OrochiIcebergCatalog.class.getName());
  }

  /** As a job would be given them that begins now. */
  DeadLetters deadLetters(String pipeline) {
    return new DeadLetters(
        DeadLetters.table(catalogs(), identifier),
        errors()
            .flatMap(errors -> TableCommitter.lastPosition(errors, pipeline))
            .map(SourcePosition::splits)
            .orElse(Map.of()));
  }

  /** The dead-letter table; empty if it was not needed yet. */
  Optional<Table> errors() {
    TableIdentifier errors = DeadLetters.identifier(identifier);
    return catalog.tableExists(errors) ? Optional.of(catalog.loadTable(errors)) : Optional.empty();
  }

  Table table() {
    return catalog.loadTable(identifier);
  }

  /** Takes the name of the dead-letter table. */
  void createErrorsTable(Schema schema) {
    catalog.createTable(DeadLetters.identifier(identifier), schema);
  }

  /** Every row, read with Iceberg's own reader. */
  List<Record> records(String... columns) {
    return records(table(), columns);
  }

  static List<Record> records(Table table, String... columns) {
    List<Record> all = new ArrayList<>();
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).select(columns).build()) {
      records.forEach(record -> all.add(record.copy()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  @Override
  public void close() {
    catalog.close();
  }
}
