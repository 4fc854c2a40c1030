package io.orochi.catalog.flink.sink.publish;

import io.orochi.catalog.hypertable.TableCreation;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.TableLayout;
import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;

/**
 * A table that a pipeline writes to beside its own, created when its first row comes. Each of its
 * commits is made before the one of the pipeline's own table that belongs to the same checkpoint.
 */
public final class CompanionTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private final CatalogLoader catalogs;
  private final String[] levels;
  private final Schema schema;
  private final PartitionSpec spec;
  private final Map<String, String> properties;

  public CompanionTable(
      CatalogLoader catalogs, TableIdentifier identifier, Schema schema, TableLayout layout) {
    this.catalogs = Objects.requireNonNull(catalogs);
    this.levels =
        Stream.concat(Stream.of(identifier.namespace().levels()), Stream.of(identifier.name()))
            .toArray(String[]::new);
    this.schema = Objects.requireNonNull(schema);
    this.spec = layout.partitionSpec(schema);
    this.properties = Map.copyOf(layout.properties());
  }

  public Schema schema() {
    return schema;
  }

  /**
   * @throws OrochiException RELATION_ALREADY_EXISTS if a table of this name has other columns
   */
  public Opened openOrCreate() {
    return open(Absent.CREATE).orElseThrow();
  }

  /** Empty if the table is absent. */
  public Optional<Opened> find() {
    return open(Absent.LEAVE);
  }

  private enum Absent {
    CREATE,
    LEAVE
  }

  private Optional<Opened> open(Absent absent) {
    TableIdentifier identifier = TableIdentifier.of(levels);
    Catalog catalog = catalogs.loadCatalog();
    try {
      if (absent == Absent.LEAVE && !catalog.tableExists(identifier)) {
        close(catalog);
        return Optional.empty();
      }
      TableCreation.createIfAbsent(catalog, identifier, schema, spec, properties);
      Table table = catalog.loadTable(identifier);
      requireColumns(identifier, table);
      return Optional.of(new Opened(catalog, table));
    } catch (RuntimeException | IOException e) {
      try {
        close(catalog);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw SinkFailures.of("Cannot open " + identifier, e);
    }
  }

  private void requireColumns(TableIdentifier identifier, Table table) {
    if (!table.schema().sameSchema(schema)) {
      throw OrochiException.of(
              OrochiErrorCode.RELATION_ALREADY_EXISTS,
              "Cannot use %s: its columns are not those of a dead-letter table"
                  .formatted(identifier))
          .withHint("Rename that table; a new one is created when it is needed.");
    }
  }

  private static void close(Catalog catalog) throws IOException {
    if (catalog instanceof Closeable closeable) {
      closeable.close();
    }
  }

  @Override
  public String toString() {
    return String.join(".", levels);
  }

  /** Closing it closes the catalog it was loaded from. */
  public record Opened(Catalog catalog, Table table) implements Closeable {
    @Override
    public void close() throws IOException {
      CompanionTable.close(catalog);
    }
  }
}
