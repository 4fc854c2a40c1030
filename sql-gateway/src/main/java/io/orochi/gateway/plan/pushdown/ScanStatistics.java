package io.orochi.gateway.plan.pushdown;

import io.orochi.catalog.flink.source.KernelTableSource;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.flink.table.planner.plan.optimize.program.BatchOptimizeContext;
import org.apache.flink.table.planner.plan.optimize.program.FlinkOptimizeProgram;
import org.apache.flink.table.planner.plan.schema.TableSourceTable;
import org.apache.flink.table.planner.plan.stats.FlinkStatistic;

/**
 * Completes what the optimiser knows of tables. It asks a source only if a condition was pushed
 * into it, else it takes the catalog's word, which is a count of rows: to know the columns too, the
 * catalog would have to read manifests for every statement that is parsed, whoever runs it.
 */
final class ScanStatistics implements FlinkOptimizeProgram<BatchOptimizeContext> {
  @Override
  public RelNode optimize(RelNode root, BatchOptimizeContext context) {
    return root.accept(
        new RelShuttleImpl() {
          @Override
          public RelNode visit(TableScan scan) {
            return scan instanceof LogicalTableScan table ? informed(table) : scan;
          }
        });
  }

  private static RelNode informed(LogicalTableScan scan) {
    TableSourceTable table = scan.getTable().unwrap(TableSourceTable.class);
    if (table == null
        || !(table.tableSource() instanceof KernelTableSource source)
        || !table.getStatistic().getTableStats().getColumnStats().isEmpty()) {
      return scan;
    }
    FlinkStatistic statistic =
        FlinkStatistic.builder()
            .statistic(table.getStatistic())
            .tableStats(source.reportStatistics())
            .build();
    return LogicalTableScan.create(scan.getCluster(), table.copy(statistic), scan.getHints());
  }
}
