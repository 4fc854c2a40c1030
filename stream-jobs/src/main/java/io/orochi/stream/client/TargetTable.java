package io.orochi.stream.client;

import io.orochi.catalog.flink.sink.constraint.TableChecks;
import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.hypertable.TableCreation;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.connectors.file.RowRule;
import io.orochi.stream.ingest.DeadLetters;
import io.orochi.table.layout.TableLayout;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.TableLoader;

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
    TableCreation.createIfAbsent(
        catalog,
        identifier,
        definition.schema(),
        definition.layout().partitionSpec(definition.schema()),
        properties);
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

  /** As {@link #rule(Table)}. */
  public RowRule rule() {
    return rule(table);
  }

  /**
   * A table's CHECK constraints as they are now.
   *
   * @throws io.orochi.table.error.OrochiException CONSTRAINT_INVALID
   */
  public static RowRule rule(Table table) {
    TableChecks checks = TableChecks.of(table, FlinkSchemaUtil.convert(table.schema()));
    checks.parse();
    return row ->
        checks
            .broken(row)
            .map(check -> "breaks CHECK \"%s\": %s".formatted(check.name(), check.condition()));
  }

  /** What the pipeline has written until now. */
  public PipelineCommits commits(String pipeline) {
    return PipelineCommits.of(table, pipeline);
  }

  /** The rows it has added since. */
  public long rowsAddedSince(PipelineCommits before) {
    return before.rowsAddedSince(table);
  }

  /** The dead letters of this table, beginning where a pipeline has got to. */
  public DeadLetters deadLetters(PipelineCommits before) {
    return new DeadLetters(
        DeadLetters.table(Catalogs.loader(folder), identifier), before.positions());
  }

  /** As {@link #commits}, of the dead-letter table, which may be absent. */
  public PipelineCommits deadLetterCommits(String pipeline) {
    return deadLetterTable()
        .map(errors -> PipelineCommits.of(errors, pipeline))
        .orElseGet(() -> PipelineCommits.none(pipeline));
  }

  /** As {@link #rowsAddedSince}, of the dead-letter table. */
  public long deadLettersAddedSince(PipelineCommits before) {
    return deadLetterTable().map(before::rowsAddedSince).orElse(0L);
  }

  private Optional<Table> deadLetterTable() {
    TableIdentifier errors = DeadLetters.identifier(identifier);
    return catalog.tableExists(errors) ? Optional.of(catalog.loadTable(errors)) : Optional.empty();
  }

  @Override
  public void close() {
    Closing.quietly(catalog, null);
  }
}
