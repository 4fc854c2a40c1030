package io.orochi.gateway.plan.pushdown;

import java.util.Optional;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.planner.plan.abilities.source.SourceAbilityContext;
import org.apache.flink.table.planner.plan.abilities.source.SourceAbilitySpec;
import org.apache.flink.table.types.logical.RowType;

/**
 * What a scan asks of the kernel, by which Flink tells it from other scans of the table and which
 * its EXPLAIN shows. The source has been changed already.
 */
record KernelScanSpec(String sql, RowType produced) implements SourceAbilitySpec {
  @Override
  public void apply(DynamicTableSource source, SourceAbilityContext context) {
    throw new UnsupportedOperationException("A scan of the kernel cannot be planned again: " + sql);
  }

  @Override
  public Optional<RowType> getProducedType() {
    return Optional.of(produced);
  }

  @Override
  public boolean needAdjustFieldReferenceAfterProjection() {
    return false;
  }

  @Override
  public String getDigests(SourceAbilityContext context) {
    return "kernel=[" + sql + "]";
  }
}
