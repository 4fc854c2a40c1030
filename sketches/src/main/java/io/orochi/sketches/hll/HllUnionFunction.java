package io.orochi.sketches.hll;

import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.InputTypeStrategy;

/**
 * {@code hll_union(sketch)}: the summary of everything that the given summaries have seen, with the
 * lowest of their precisions. NULL is skipped; NULL if nothing is left.
 */
public final class HllUnionFunction extends HllAggregate<byte[]> {
  public static final String NAME = "hll_union";

  private static final long serialVersionUID = 1L;

  public void accumulate(HllAccumulator accumulator, byte[] sketch) {
    if (sketch != null) {
      accumulator.merge(HllBytes.read(NAME, sketch));
    }
  }

  @Override
  public byte[] getValue(HllAccumulator accumulator) {
    return accumulator.isOpen() ? accumulator.toBytes() : null;
  }

  @Override
  InputTypeStrategy arguments() {
    return InputTypeStrategies.explicitSequence(DataTypes.BYTES());
  }

  @Override
  DataType result() {
    return DataTypes.BYTES();
  }
}
