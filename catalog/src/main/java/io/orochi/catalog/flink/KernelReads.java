package io.orochi.catalog.flink;

import io.orochi.catalog.flink.source.KernelTableSource;
import io.orochi.catalog.settings.Settings;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Which reads of Flink go through the kernel: those of batch statements, if the kernel can. */
final class KernelReads {
  private static final ConfigOption<Boolean> KERNEL_SOURCE =
      ConfigOptions.key(Settings.KERNEL_SOURCE.key()).booleanType().defaultValue(true);

  private KernelReads() {}

  static boolean chosen(DynamicTableFactory.Context context, ObjectPath path) {
    return context.getConfiguration().get(KERNEL_SOURCE)
        && context.getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
            == RuntimeExecutionMode.BATCH
        && !Identifiers.isMetadataTable(path)
        && KernelTableSource.reads(context.getCatalogTable().getOptions())
        && context.getCatalogTable().getResolvedSchema().getColumns().stream()
            .allMatch(Column::isPhysical)
        && distinct(context)
        && known(context.getPhysicalRowDataType().getLogicalType());
  }

  /** The kernel's names ignore case. */
  private static boolean distinct(DynamicTableFactory.Context context) {
    Set<String> names = new java.util.HashSet<>();
    return context.getCatalogTable().getResolvedSchema().getColumnNames().stream()
        .allMatch(name -> names.add(name.toLowerCase(Locale.ROOT)));
  }

  private static boolean known(LogicalType type) {
    return !type.is(LogicalTypeRoot.VARIANT)
        && !type.is(LogicalTypeRoot.NULL)
        && type.getChildren().stream().allMatch(KernelReads::known);
  }
}
