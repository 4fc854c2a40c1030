package io.orochi.catalog.flink;

import io.orochi.catalog.flink.source.KernelTableSource;
import io.orochi.catalog.settings.Settings;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.history.MetadataTableName;
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
import org.apache.iceberg.MetadataTableType;

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

  /** Whether a batch statement reads one of Iceberg's metadata tables that have plain rows. */
  static boolean describes(DynamicTableFactory.Context context, ObjectPath path) {
    return context.getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
            == RuntimeExecutionMode.BATCH
        && MetadataTableName.parse(path.getObjectName())
            .map(name -> MetadataTableType.from(name.aspect()))
            .filter(type -> type != MetadataTableType.POSITION_DELETES)
            .isPresent();
  }

  /** For what only the kernel reads. */
  static void requireBatch(DynamicTableFactory.Context context, ObjectPath path) {
    if (context.getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
        != RuntimeExecutionMode.BATCH) {
      throw OrochiException.of(
              OrochiErrorCode.STATEMENT_NOT_SUPPORTED, "Cannot stream table " + path)
          .withHint("SET 'execution.runtime-mode' = 'batch', or stream the table itself.");
    }
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
