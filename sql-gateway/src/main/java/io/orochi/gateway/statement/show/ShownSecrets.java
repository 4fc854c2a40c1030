package io.orochi.gateway.statement.show;

import io.orochi.catalog.secret.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.internal.ShowCreateUtil;
import org.apache.flink.table.catalog.CatalogDescriptor;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.CommonCatalogOptions;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.expressions.DefaultSqlFactory;
import org.apache.flink.table.gateway.api.operation.OperationHandle;
import org.apache.flink.table.gateway.service.result.ResultFetcher;
import org.apache.flink.table.operations.DescribeCatalogOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.ShowCreateCatalogOperation;
import org.apache.flink.table.operations.ShowCreateTableOperation;

/** SHOW CREATE and DESCRIBE CATALOG without the secrets that Flink would show in clear. */
public final class ShownSecrets {
  private ShownSecrets() {}

  /** Empty for other statements, and for a catalog that is not there. */
  public static Optional<ResultFetcher> answer(
      OperationHandle handle, Operation operation, CatalogManager catalogs) {
    if (operation instanceof ShowCreateCatalogOperation show) {
      return catalogs
          .getCatalogDescriptor(show.getCatalogName())
          .map(catalog -> created(handle, catalog));
    }
    if (operation instanceof DescribeCatalogOperation describe) {
      return catalogs
          .getCatalogDescriptor(describe.getCatalogName())
          .map(catalog -> described(handle, catalog, describe.isExtended()));
    }
    if (operation instanceof ShowCreateTableOperation show) {
      return catalogs
          .getTable(show.getTableIdentifier())
          .filter(table -> hasSecret(table.getTable().getOptions()))
          .filter(table -> table.getResolvedTable() instanceof ResolvedCatalogTable)
          .map(table -> created(handle, table));
    }
    return Optional.empty();
  }

  private static boolean hasSecret(Map<String, String> options) {
    return !Secrets.redact(options).equals(options);
  }

  /** Of a temporary table of another connector, for example. */
  private static ResultFetcher created(OperationHandle handle, ContextResolvedTable table) {
    ResolvedCatalogTable stored = table.getResolvedTable();
    ResolvedCatalogTable shown = stored.copy(Secrets.redact(stored.getOptions()));
    return result(
        handle,
        ShowCreateUtil.buildShowCreateTableRow(
            shown, table.getIdentifier(), table.isTemporary(), DefaultSqlFactory.INSTANCE));
  }

  private static ResultFetcher result(OperationHandle handle, String text) {
    return ResultFetcher.fromResults(
        handle,
        ResolvedSchema.of(Column.physical("result", DataTypes.STRING())),
        List.of(row(text)));
  }

  private static ResultFetcher created(OperationHandle handle, CatalogDescriptor catalog) {
    CatalogDescriptor shown =
        CatalogDescriptor.of(
            catalog.getCatalogName(),
            Configuration.fromMap(options(catalog)),
            catalog.getComment().orElse(null));
    return result(handle, ShowCreateUtil.buildShowCreateCatalogRow(shown));
  }

  private static ResultFetcher described(
      OperationHandle handle, CatalogDescriptor catalog, boolean extended) {
    Map<String, String> options = options(catalog);
    String type = CommonCatalogOptions.CATALOG_TYPE.key();
    List<RowData> rows = new ArrayList<>();
    rows.add(row("name", catalog.getCatalogName()));
    rows.add(row("type", options.getOrDefault(type, "")));
    rows.add(row("comment", catalog.getComment().orElse(null)));
    if (extended) {
      options.forEach(
          (key, value) -> {
            if (!key.equals(type)) {
              rows.add(row("option:" + key, value));
            }
          });
    }
    return ResultFetcher.fromResults(
        handle,
        ResolvedSchema.of(
            Column.physical("info name", DataTypes.STRING()),
            Column.physical("info value", DataTypes.STRING())),
        rows);
  }

  private static Map<String, String> options(CatalogDescriptor catalog) {
    return new TreeMap<>(Secrets.redact(catalog.getConfiguration().toMap()));
  }

  private static RowData row(String... values) {
    GenericRowData row = new GenericRowData(values.length);
    for (int i = 0; i < values.length; i++) {
      row.setField(i, StringData.fromString(values[i]));
    }
    return row;
  }
}
