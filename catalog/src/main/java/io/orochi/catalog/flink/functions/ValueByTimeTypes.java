package io.orochi.catalog.flink.functions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.StateTypeStrategy;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** What {@code first} and {@code last} take: a value of any type, and a time or a number. */
record ValueByTimeTypes(String name) implements InputTypeStrategy {
  private static final Set<LogicalTypeRoot> ORDERED =
      Set.of(
          LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE,
          LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
          LogicalTypeRoot.DATE,
          LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE,
          LogicalTypeRoot.TINYINT,
          LogicalTypeRoot.SMALLINT,
          LogicalTypeRoot.INTEGER,
          LogicalTypeRoot.BIGINT,
          LogicalTypeRoot.DECIMAL,
          LogicalTypeRoot.FLOAT,
          LogicalTypeRoot.DOUBLE);

  static TypeInference inference(String name) {
    LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
    state.put("kept", StateTypeStrategy.of(ValueByTimeTypes::kept));
    return TypeInference.newBuilder()
        .inputTypeStrategy(new ValueByTimeTypes(name))
        .stateTypeStrategies(state)
        .outputTypeStrategy(call -> Optional.of(value(call)))
        .build();
  }

  @Override
  public ArgumentCount getArgumentCount() {
    return ConstantArgumentCount.of(2);
  }

  @Override
  public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
    List<DataType> given = call.getArgumentDataTypes();
    if (!ORDERED.contains(given.get(1).getLogicalType().getTypeRoot())) {
      return call.fail(
          throwOnFailure,
          "%s takes a value and a TIMESTAMP, TIMESTAMP_LTZ, DATE, TIME or number to order it by,"
              + " not %s.",
          name,
          given.get(1));
    }
    return Optional.of(given);
  }

  @Override
  public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
    return List.of(Signature.of(Signature.Argument.of("value"), Signature.Argument.of("time")));
  }

  private static Optional<DataType> kept(CallContext call) {
    return Optional.of(
        DataTypes.ROW(
            DataTypes.FIELD("value", value(call)),
            DataTypes.FIELD("time", call.getArgumentDataTypes().get(1).nullable())));
  }

  private static DataType value(CallContext call) {
    return call.getArgumentDataTypes().get(0).nullable();
  }
}
