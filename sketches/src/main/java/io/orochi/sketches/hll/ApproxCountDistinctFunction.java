package io.orochi.sketches.hll;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.InputTypeStrategy;

/**
 * {@code approx_count_distinct(x)}: the estimated number of distinct values, 0 for none. NULL is
 * not counted. See README.md for error and bounds.
 */
public final class ApproxCountDistinctFunction extends HllAggregate<Long> {
  public static final String NAME = "approx_count_distinct";

  private static final long serialVersionUID = 1L;

  public void accumulate(HllAccumulator accumulator, Object value) {
    if (value != null) {
      accumulator.open(NAME, HllAccumulator.LG_K_DEFAULT);
      HllValue.update(accumulator.union(), value);
    }
  }

  @Override
  public Long getValue(HllAccumulator accumulator) {
    return Math.round(accumulator.estimate());
  }

  @Override
  InputTypeStrategy arguments() {
    return InputTypeStrategies.sequence(HllValue.ARGUMENT);
  }

  @Override
  DataType result() {
    return DataTypes.BIGINT().notNull();
  }
}
