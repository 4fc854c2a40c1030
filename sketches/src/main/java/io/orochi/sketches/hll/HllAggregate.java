package io.orochi.sketches.hll;

import java.util.LinkedHashMap;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.inference.TypeStrategies;

/**
 * What the aggregates of the family share: state, merge and types. A group is merged without regard
 * to order, so partial results may come from anywhere; rows cannot be taken back.
 */
public abstract class HllAggregate<T> extends AggregateFunction<T, HllAccumulator> {
  private static final long serialVersionUID = 1L;
  private static final DataType STATE =
      DataTypes.RAW(HllAccumulator.class, HllAccumulatorSerializer.INSTANCE);

  @Override
  public final HllAccumulator createAccumulator() {
    return new HllAccumulator();
  }

  public final void merge(HllAccumulator accumulator, Iterable<HllAccumulator> others) {
    others.forEach(accumulator::merge);
  }

  public final void resetAccumulator(HllAccumulator accumulator) {
    accumulator.reset();
  }

  @Override
  public final TypeInference getTypeInference(DataTypeFactory types) {
    LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
    state.put("acc", StateTypeStrategy.of(call -> Optional.of(STATE)));
    return TypeInference.newBuilder()
        .inputTypeStrategy(arguments())
        .stateTypeStrategies(state)
        .outputTypeStrategy(TypeStrategies.explicit(result()))
        .build();
  }

  abstract InputTypeStrategy arguments();

  abstract DataType result();
}
