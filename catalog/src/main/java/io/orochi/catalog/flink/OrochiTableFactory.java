package io.orochi.catalog.flink;

import io.orochi.catalog.flink.sink.OrochiTableSink;
import io.orochi.catalog.flink.source.KernelTableSource;
import io.orochi.catalog.flink.source.metadata.MetadataTableSource;
import io.orochi.catalog.info.InfoView;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.flink.source.IcebergTableSource;

/** Sources and sinks of the tables of one catalog. */
final class OrochiTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {
  private final OrochiCatalog catalog;

  OrochiTableFactory(OrochiCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public String factoryIdentifier() {
    return OrochiCatalogFactory.IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    ObjectPath path = context.getObjectIdentifier().toObjectPath();
    Optional<InfoView> view = catalog.infoView(path);
    if (view.isPresent()) {
      return new InfoTableSource(
          view.get(), InfoTables.context(catalog, context.getConfiguration()));
    }
    if (Identifiers.isChangelog(path)) {
      KernelReads.requireBatch(context, path);
      return KernelTableSource.ofChanges(
          () -> catalog.icebergCatalog().loadTable(Identifiers.of(path)),
          (RowType) context.getPhysicalRowDataType().getLogicalType(),
          context.getCatalogTable(),
          catalog.config().localWarehouse().map(Path::toString).stream().toList());
    }
    if (KernelReads.describes(context, path)) {
      return MetadataTableSource.of(
          catalog.icebergCatalog().loadTable(Identifiers.of(path)),
          context.getCatalogTable().getOptions());
    }
    if (KernelReads.chosen(context, path)) {
      return KernelTableSource.of(
          () -> catalog.icebergCatalog().loadTable(Identifiers.of(path)),
          (RowType) context.getPhysicalRowDataType().getLogicalType(),
          context.getCatalogTable(),
          catalog.config().localWarehouse().map(Path::toString).stream().toList());
    }
    return new IcebergTableSource(
        catalog.tableLoader(path),
        context.getCatalogTable().getResolvedSchema(),
        context.getCatalogTable().getOptions(),
        context.getConfiguration());
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    ObjectPath path = context.getObjectIdentifier().toObjectPath();
    boolean describes = Identifiers.isMetadataTable(path);
    if (catalog.infoView(path).isPresent() || describes) {
      String kind = describes ? "metadata table" : "view";
      throw OrochiException.of(
              OrochiErrorCode.STATEMENT_NOT_SUPPORTED, "Cannot write into a " + kind + ": " + path)
          .withHint("It shows what the catalog knows; change the tables themselves.");
    }
    Map<String, String> options = context.getCatalogTable().getOptions();
    return new OrochiTableSink(
        catalog.tableLoader(path),
        context.getCatalogTable().getResolvedSchema(),
        options,
        catalog.config().localWarehouse().map(Path::toString).stream().toList());
  }
}
