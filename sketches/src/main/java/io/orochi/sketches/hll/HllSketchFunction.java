package io.orochi.sketches.hll;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * {@code hll_sketch(x [, lg_k])}: a summary of the distinct values, as the bytes of a compact
 * DataSketches HLL_4 sketch. NULL is not counted; a group without values has an empty summary.
 */
public final class HllSketchFunction extends HllAggregate<byte[]> {
  public static final String NAME = "hll_sketch";

  private static final long serialVersionUID = 1L;

  public void accumulate(HllAccumulator accumulator, Object value) {
    accumulate(accumulator, value, HllAccumulator.LG_K_DEFAULT);
  }

  public void accumulate(HllAccumulator accumulator, Object value, Integer lgK) {
    accumulator.open(NAME, lgK);
    if (value != null) {
      HllValue.update(accumulator.union(), value);
    }
  }

  @Override
  public byte[] getValue(HllAccumulator accumulator) {
    return accumulator.toBytes();
  }

  @Override
  InputTypeStrategy arguments() {
    return InputTypeStrategies.or(
        InputTypeStrategies.sequence(HllValue.ARGUMENT),
        InputTypeStrategies.sequence(
            HllValue.ARGUMENT, InputTypeStrategies.logical(LogicalTypeRoot.INTEGER, false)));
  }

  @Override
  DataType result() {
    return DataTypes.BYTES().notNull();
  }
}
