package io.orochi.catalog.flink.procedure;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.TableLayout;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;

/**
 * What procedures work on.
 *
 * @param defaultDatabase of a relation without one
 */
public record ProcedureSupport(
    OrochiIcebergCatalog catalog, String defaultDatabase, QueryCanceller canceller) {
  /** Outside a server. */
  public ProcedureSupport(OrochiIcebergCatalog catalog, String defaultDatabase) {
    this(catalog, defaultDatabase, QueryCanceller.NONE);
  }

  /**
   * The layout of a hypertable.
   *
   * @throws OrochiException NOT_A_HYPERTABLE
   */
  public TableLayout layout(Table table, String relation) {
    return TableLayout.of(table)
        .orElseThrow(
            () ->
                OrochiException.of(
                        OrochiErrorCode.NOT_A_HYPERTABLE,
                        "Cannot find chunks of a table that is not a hypertable: " + relation)
                    .withHint("CALL sys.create_hypertable makes one of it."));
  }

  /**
   * @param relation {@code table} or {@code database.table}
   * @throws OrochiException RELATION_NOT_FOUND, INVALID_ARGUMENT
   */
  public Table table(String relation) {
    TableIdentifier identifier = identifier(relation);
    try {
      return catalog.loadTable(identifier);
    } catch (NoSuchTableException e) {
      throw OrochiException.of(
              OrochiErrorCode.RELATION_NOT_FOUND, "Cannot find relation: " + relation)
          .withDetail("Looked for " + identifier + ".")
          .withHint("Name a table of another database as 'database.table'.")
          .causedBy(e);
    }
  }

  /**
   * @throws OrochiException INVALID_ARGUMENT
   */
  public TableIdentifier identifier(String relation) {
    String[] parts = Arguments.require("relation", relation).replace("`", "").split("\\.", -1);
    return switch (parts.length) {
      case 1 -> TableIdentifier.of(defaultDatabase, parts[0]);
      case 2 -> TableIdentifier.of(parts[0], parts[1]);
      case 3 -> TableIdentifier.of(parts[1], parts[2]);
      default ->
          throw OrochiException.of(
                  OrochiErrorCode.INVALID_ARGUMENT, "Invalid relation: " + relation)
              .withHint("Write 'table' or 'database.table'.");
    };
  }
}
