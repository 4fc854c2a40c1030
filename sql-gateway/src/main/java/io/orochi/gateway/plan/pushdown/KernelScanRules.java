package io.orochi.gateway.plan.pushdown;

import java.util.List;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.tools.RuleSet;
import org.apache.calcite.tools.RuleSets;
import org.apache.flink.table.api.TableConfig;
import org.apache.flink.table.planner.calcite.CalciteConfigBuilder;
import org.apache.flink.table.planner.plan.optimize.program.BatchOptimizeContext;
import org.apache.flink.table.planner.plan.optimize.program.FlinkBatchProgram;
import org.apache.flink.table.planner.plan.optimize.program.FlinkChainedProgram;
import org.apache.flink.table.planner.plan.optimize.program.FlinkHepRuleSetProgramBuilder;
import org.apache.flink.table.planner.plan.optimize.program.HEP_RULES_EXECUTION_TYPE;
import org.apache.flink.table.planner.plan.rules.physical.batch.PushLocalHashAggWithCalcIntoScanRule;
import org.apache.flink.table.planner.plan.rules.physical.batch.PushLocalSortAggWithCalcIntoScanRule;
import org.apache.flink.table.planner.plan.rules.physical.batch.PushLocalSortAggWithSortAndCalcIntoScanRule;

/**
 * Teaches Flink's optimiser to let the kernel compute what it can where tables are read. The rules
 * run on the physical plan, after Flink has pushed projections and filters and has decided for or
 * against local aggregates, and in place of its own push-down of those, which takes columns only
 * and fails on others and on the average of a DECIMAL.
 */
public final class KernelScanRules {
  private static final String PROGRAM = "kernel_scans";
  private static final String STATISTICS = "kernel_statistics";

  /**
   * Flink's own push-down of local aggregates, where something is computed below them: it does not
   * see what, and fails on {@code COUNT(f(x)) … GROUP BY g(x)}.
   */
  private static final RuleSet LOOKING_THROUGH_CALC =
      RuleSets.ofList(
          PushLocalHashAggWithCalcIntoScanRule.INSTANCE,
          PushLocalSortAggWithCalcIntoScanRule.INSTANCE,
          PushLocalSortAggWithSortAndCalcIntoScanRule.INSTANCE);

  private KernelScanRules() {}

  /** Changes the batch statements of one environment. */
  public static void addTo(TableConfig config) {
    FlinkChainedProgram<BatchOptimizeContext> programs = FlinkBatchProgram.buildProgram(config);
    // Which program comes next, and whether joins are ordered at all, is a setting.
    List<String> names = programs.getProgramNames();
    int pushed = names.indexOf(FlinkBatchProgram.PREDICATE_PUSHDOWN());
    programs.addBefore(names.get(pushed + 1), STATISTICS, new ScanStatistics());
    programs.addBefore(
        FlinkBatchProgram.PHYSICAL_REWRITE(),
        PROGRAM,
        FlinkHepRuleSetProgramBuilder.<BatchOptimizeContext>newBuilder()
            .setHepRulesExecutionType(HEP_RULES_EXECUTION_TYPE.RULE_COLLECTION())
            .setHepMatchOrder(HepMatchOrder.BOTTOM_UP)
            .add(
                RuleSets.ofList(
                    CalcRule.INSTANCE,
                    LocalAggregateRule.HASHED,
                    LocalAggregateRule.SORTED,
                    LocalAggregateRule.WHOLE))
            .build());
    programs
        .getFlinkRuleSetProgram(FlinkBatchProgram.PHYSICAL_REWRITE())
        .foreach(
            rewrites -> {
              rewrites.remove(LOOKING_THROUGH_CALC);
              return null;
            });
    config.setPlannerConfig(new CalciteConfigBuilder().replaceBatchProgram(programs).build());
  }
}
