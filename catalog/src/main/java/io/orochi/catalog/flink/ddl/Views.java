package io.orochi.catalog.flink.ddl;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.ResolvedCatalogView;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.view.SQLViewRepresentation;
import org.apache.iceberg.view.View;
import org.apache.iceberg.view.ViewBuilder;

/**
 * Flink's views as Iceberg views of dialect {@code flink}. The stored text is the expanded one, in
 * which every name is qualified; what the user wrote is a property beside it.
 */
public final class Views {
  private static final String DIALECT = "flink";
  private static final String ORIGINAL = "orochi.view.original-query";
  private static final String COMMENT = "comment";

  private final ViewCatalog catalog;
  private final String catalogName;

  /**
   * @param catalogName of the session, by which the texts qualify names
   */
  public Views(ViewCatalog catalog, String catalogName) {
    this.catalog = catalog;
    this.catalogName = catalogName;
  }

  public boolean exists(TableIdentifier identifier) {
    return catalog.viewExists(identifier);
  }

  /**
   * @throws org.apache.iceberg.exceptions.AlreadyExistsException if a table or view has the name
   */
  public void create(TableIdentifier identifier, ResolvedCatalogView view) {
    builder(identifier, view).create();
  }

  /** Gives an existing view a new version. */
  public void replace(TableIdentifier identifier, ResolvedCatalogView view) {
    builder(identifier, view).replace();
  }

  /**
   * @throws org.apache.iceberg.exceptions.NoSuchViewException if there is none
   * @throws OrochiException STATEMENT_NOT_SUPPORTED if another engine wrote it for itself only
   */
  public CatalogView load(TableIdentifier identifier) {
    View view = catalog.loadView(identifier);
    SQLViewRepresentation text = view.sqlFor(DIALECT);
    if (text == null || !text.dialect().equalsIgnoreCase(DIALECT)) {
      throw OrochiException.of(
              OrochiErrorCode.STATEMENT_NOT_SUPPORTED, "Cannot read view " + identifier)
          .withDetail("It is written in the dialect of another engine.")
          .withHint("CREATE OR ALTER a view of another name with the query in Flink SQL.");
    }
    Map<String, String> options = new HashMap<>(view.properties());
    String original = options.remove(ORIGINAL);
    String comment = options.remove(COMMENT);
    return CatalogView.of(
        Schema.newBuilder()
            .fromResolvedSchema(FlinkSchemaUtil.toResolvedSchema(view.schema()))
            .build(),
        comment == null ? "" : comment,
        original == null ? text.sql() : original,
        text.sql(),
        options);
  }

  private ViewBuilder builder(TableIdentifier identifier, ResolvedCatalogView view) {
    ViewBuilder builder =
        catalog
            .buildView(identifier)
            .withSchema(ColumnTypes.toIceberg(view.getResolvedSchema()))
            .withDefaultCatalog(catalogName)
            .withDefaultNamespace(Namespace.of(identifier.namespace().levels()))
            .withQuery(DIALECT, view.getExpandedQuery())
            .withProperties(view.getOptions())
            .withProperty(ORIGINAL, view.getOriginalQuery());
    String comment = view.getComment();
    return comment == null || comment.isEmpty() ? builder : builder.withProperty(COMMENT, comment);
  }
}
