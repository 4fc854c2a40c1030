package io.orochi.gateway.plan.pushdown;

import io.orochi.catalog.flink.source.ComputedColumns;
import io.orochi.catalog.flink.source.KernelTableSource;
import io.orochi.gateway.plan.sql.CannotExpress;
import java.time.ZoneId;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.flink.table.planner.plan.nodes.physical.batch.BatchPhysicalCalc;
import org.apache.flink.table.planner.plan.nodes.physical.batch.BatchPhysicalTableSourceScan;
import org.apache.flink.table.planner.utils.ShortcutUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the kernel compute the expressions and conditions right above a scan, all or none. */
final class CalcRule extends RelOptRule {
  static final CalcRule INSTANCE = new CalcRule();

  private static final Logger LOG = LoggerFactory.getLogger(CalcRule.class);

  private CalcRule() {
    super(
        operand(BatchPhysicalCalc.class, operand(BatchPhysicalTableSourceScan.class, none())),
        "KernelCalcRule");
  }

  @Override
  public boolean matches(RelOptRuleCall call) {
    BatchPhysicalTableSourceScan scan = call.rel(1);
    return KernelScans.source(scan).filter(KernelTableSource::isPlain).isPresent();
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    BatchPhysicalCalc calc = call.rel(0);
    BatchPhysicalTableSourceScan scan = call.rel(1);
    KernelTableSource source = KernelScans.source(scan).orElseThrow();
    ZoneId zone = ShortcutUtils.unwrapTableConfig(calc).getLocalTimeZone();
    try {
      ComputedColumns columns = new CalcWriter(source, zone).write(calc.getProgram());
      call.transformTo(KernelScans.replace(scan, source.computing(columns), calc.getRowType()));
    } catch (CannotExpress refused) {
      LOG.debug("Flink computes what it reads: {}", refused.getMessage());
    }
  }
}
