package io.orochi.gateway.change;

import io.orochi.catalog.flink.OrochiCatalog;
import io.orochi.catalog.flink.StagedTables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.operations.ddl.CreateTableOperation;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@code CREATE TABLE … AS} whose rows a Flink job computes: the job fills a table with a name
 * that nobody is shown, which then gets its own.
 */
public final class StagedCreation {
  private static final Logger LOG = LoggerFactory.getLogger(StagedCreation.class);

  private final OrochiCatalog catalog;
  private final CreateTableOperation definition;
  private final ObjectPath staged;
  private final ModifyOperation insert;

  private StagedCreation(
      OrochiCatalog catalog,
      CreateTableOperation definition,
      ObjectPath staged,
      ModifyOperation insert) {
    this.catalog = catalog;
    this.definition = definition;
    this.staged = staged;
    this.insert = insert;
  }

  /** Creates the hidden table; empty for any other change. */
  public static Optional<StagedCreation> begin(
      List<ModifyOperation> changes, TableEnvironmentInternal environment) {
    if (changes.size() != 1 || !(changes.get(0) instanceof CreateTableASOperation create)) {
      return Optional.empty();
    }
    CreateTableOperation definition = create.getCreateTableOperation();
    return CreatedTable.catalogOf(definition, environment)
        .map(catalog -> begin(catalog, create, environment));
  }

  private static StagedCreation begin(
      OrochiCatalog catalog, CreateTableASOperation create, TableEnvironmentInternal environment) {
    CreateTableOperation definition = create.getCreateTableOperation();
    ObjectIdentifier target = definition.getTableIdentifier();
    ObjectPath staged = StagedTables.of(target.toObjectPath());
    try {
      catalog.createTable(staged, definition.getCatalogTable(), false);
    } catch (TableAlreadyExistException | DatabaseNotExistException refused) {
      throw new TableException("Cannot create " + target.asSummaryString(), refused);
    }
    ContextResolvedTable table =
        ((TableEnvironmentImpl) environment)
            .getCatalogManager()
            .getTableOrError(
                ObjectIdentifier.of(
                    target.getCatalogName(), staged.getDatabaseName(), staged.getObjectName()));
    return new StagedCreation(
        catalog,
        definition,
        staged,
        new SinkModifyOperation(
            table,
            create.getChild(),
            create.getSinkModifyStaticPartitions(),
            null,
            false,
            Map.of()));
  }

  /** What fills the hidden table. */
  public ModifyOperation insert() {
    return insert;
  }

  /** Gives the filled table its name. */
  public void publish() {
    try {
      catalog.renameTable(staged, definition.getTableIdentifier().getObjectName(), false);
    } catch (TableAlreadyExistException overtaken) {
      discard();
      if (!definition.isIgnoreIfExists()) {
        throw new TableException("Cannot create the table", overtaken);
      }
    } catch (TableNotExistException gone) {
      throw new TableException("Cannot create the table", gone);
    }
  }

  /** Removes the hidden table and its files. */
  public void discard() {
    try {
      StagedTables.drop(
          catalog.icebergCatalog(),
          TableIdentifier.of(staged.getDatabaseName(), staged.getObjectName()));
    } catch (RuntimeException failed) {
      LOG.warn("Cannot drop {}", staged, failed);
    }
  }
}
