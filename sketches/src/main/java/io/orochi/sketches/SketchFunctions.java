package io.orochi.sketches;

import io.orochi.sketches.hll.ApproxCountDistinctFunction;
import io.orochi.sketches.hll.HllBoundsFunction;
import io.orochi.sketches.hll.HllEstimateFunction;
import io.orochi.sketches.hll.HllSketchFunction;
import io.orochi.sketches.hll.HllUnionFunction;
import java.util.Map;
import org.apache.flink.table.functions.FunctionDefinition;

/** Every SQL function of this module. */
public final class SketchFunctions {
  private SketchFunctions() {}

  /** By name, in lower case. The definitions have no state and may be shared. */
  public static Map<String, FunctionDefinition> all() {
    return Map.of(
        ApproxCountDistinctFunction.NAME, new ApproxCountDistinctFunction(),
        HllSketchFunction.NAME, new HllSketchFunction(),
        HllUnionFunction.NAME, new HllUnionFunction(),
        HllEstimateFunction.NAME, new HllEstimateFunction(),
        HllBoundsFunction.NAME, new HllBoundsFunction());
  }
}
