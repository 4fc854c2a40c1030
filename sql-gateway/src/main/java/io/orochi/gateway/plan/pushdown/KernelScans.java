package io.orochi.gateway.plan.pushdown;

import io.orochi.catalog.flink.source.KernelTableSource;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.flink.table.planner.calcite.FlinkTypeFactory;
import org.apache.flink.table.planner.plan.abilities.source.SourceAbilitySpec;
import org.apache.flink.table.planner.plan.nodes.physical.batch.BatchPhysicalTableSourceScan;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;

/** Scans of Flink's physical plan that the kernel runs. */
final class KernelScans {
  private KernelScans() {}

  static Optional<KernelTableSource> source(BatchPhysicalTableSourceScan scan) {
    return scan.tableSource() instanceof KernelTableSource source
        ? Optional.of(source)
        : Optional.empty();
  }

  /** The same scan of another source. */
  static BatchPhysicalTableSourceScan replace(
      BatchPhysicalTableSourceScan scan, KernelTableSource source, RelDataType rowType) {
    SourceAbilitySpec spec =
        new KernelScanSpec(source.kernelSql(), FlinkTypeFactory.toLogicalRowType(rowType));
    TableSourceTable table =
        scan.tableSourceTable().replace(source, rowType, new SourceAbilitySpec[] {spec});
    return scan.copy(scan.getTraitSet(), table);
  }
}
