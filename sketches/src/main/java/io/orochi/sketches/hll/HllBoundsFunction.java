package io.orochi.sketches.hll;

import io.orochi.sketches.error.SketchException;
import org.apache.datasketches.hll.HllSketch;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;

/**
 * {@code hll_bounds(sketch [, std_devs])}: between which numbers the true one lies, with the
 * confidence of 1, 2 (the default) or 3 standard deviations: 68.3, 95.4 or 99.7 %. NULL for NULL.
 */
public final class HllBoundsFunction extends ScalarFunction {
  public static final String NAME = "hll_bounds";

  private static final long serialVersionUID = 1L;
  private static final String RESULT = "ROW<`lower` DOUBLE, `estimate` DOUBLE, `upper` DOUBLE>";

  @DataTypeHint(RESULT)
  public Row eval(byte[] sketch) {
    return eval(sketch, 2);
  }

  @DataTypeHint(RESULT)
  public Row eval(byte[] sketch, Integer standardDeviations) {
    if (sketch == null || standardDeviations == null) {
      return null;
    }
    if (standardDeviations < 1 || standardDeviations > 3) {
      throw SketchException.outOfRange(NAME, "std_devs", standardDeviations, 1, 3);
    }
    HllSketch read = HllBytes.read(NAME, sketch);
    return Row.of(
        read.getLowerBound(standardDeviations),
        read.getEstimate(),
        read.getUpperBound(standardDeviations));
  }
}
