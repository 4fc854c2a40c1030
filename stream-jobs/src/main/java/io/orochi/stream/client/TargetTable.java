package io.orochi.stream.client;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.commit.CommitSummary;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.layout.TableLayout;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.util.SnapshotUtil;

/** The table that rows go to, as the client sees it. Closing it closes the catalog. */
public final class TargetTable implements AutoCloseable {
  private final DataFolder folder;
  private final OrochiIcebergCatalog catalog;
  private final TableIdentifier identifier;
  private final Table table;
  private final boolean created;

  private TargetTable(
      DataFolder folder,
      OrochiIcebergCatalog catalog,
      TableIdentifier identifier,
      Table table,
      boolean created) {
    this.folder = folder;
    this.catalog = catalog;
    this.identifier = identifier;
    this.table = table;
    this.created = created;
  }

  /** What a table is created with, should it be absent. */
  public record Definition(Schema schema, TableLayout layout) {}

  /**
   * Opens a table, creating it and its database if they are absent.
   *
   * @param definition asked only if the table is absent
   */
  public static TargetTable openOrCreate(
      DataFolder folder, String name, Supplier<Definition> definition) {
    OrochiIcebergCatalog catalog = Catalogs.open(folder);
    try {
      TableIdentifier identifier = Catalogs.identifier(name);
      boolean absent = !catalog.tableExists(identifier);
      if (absent) {
        create(catalog, identifier, definition.get());
      }
      return new TargetTable(folder, catalog, identifier, catalog.loadTable(identifier), absent);
    } catch (RuntimeException e) {
      Closing.quietly(catalog, e);
      throw e;
    }
  }

  private static void create(
      OrochiIcebergCatalog catalog, TableIdentifier identifier, Definition definition) {
    Map<String, String> properties = definition.layout().properties();
    TableLayout.validate(definition.schema(), properties);
    if (!catalog.namespaceExists(identifier.namespace())) {
      try {
        catalog.createNamespace(identifier.namespace());
      } catch (AlreadyExistsException e) {
        // Another process was faster.
      }
    }
    try {
      catalog
          .buildTable(identifier, definition.schema())
          .withPartitionSpec(definition.layout().partitionSpec(definition.schema()))
          .withProperties(properties)
          .create();
    } catch (AlreadyExistsException e) {
      // Another process was faster; its table is used.
    }
  }

  public boolean wasCreated() {
    return created;
  }

  public TableLoader loader() {
    return Catalogs.loader(folder, identifier);
  }

  public RowType rowType() {
    return FlinkSchemaUtil.convert(table.schema());
  }

  /** By split id; empty if the pipeline has not written yet. */
  public Map<String, String> positions(String pipeline) {
    return TableCommitter.lastPosition(table, pipeline)
        .map(SourcePosition::splits)
        .orElse(Map.of());
  }

  /** The sequence of a pipeline's last commit, 0 if there is none. */
  public long sequence(String pipeline) {
    return TableCommitter.lastPosition(table, pipeline).map(SourcePosition::sequence).orElse(0L);
  }

  /** The rows that a pipeline's commits after a sequence have added. */
  public long rowsAddedAfter(String pipeline, long sequence) {
    table.refresh();
    long rows = 0;
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      var summary = CommitSummary.of(snapshot).filter(by -> by.writer().equals(pipeline));
      if (summary.isPresent() && summary.get().sequence() <= sequence) {
        break;
      }
      if (summary.isPresent()) {
        rows +=
            Long.parseLong(
                snapshot.summary().getOrDefault(SnapshotSummary.ADDED_RECORDS_PROP, "0"));
      }
    }
    return rows;
  }

  @Override
  public void close() {
    Closing.quietly(catalog, null);
  }
}
