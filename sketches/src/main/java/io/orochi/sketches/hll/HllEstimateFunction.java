package io.orochi.sketches.hll;

import org.apache.flink.table.functions.ScalarFunction;

/** {@code hll_estimate(sketch)}: the estimated number of distinct values; NULL for NULL. */
public final class HllEstimateFunction extends ScalarFunction {
  public static final String NAME = "hll_estimate";

  private static final long serialVersionUID = 1L;

  public Double eval(byte[] sketch) {
    return sketch == null ? null : HllBytes.read(NAME, sketch).getEstimate();
  }
}
