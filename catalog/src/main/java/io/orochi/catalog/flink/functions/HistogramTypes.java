package io.orochi.catalog.flink.functions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
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
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** What {@code histogram} takes and gives; constants are checked before anything runs. */
final class HistogramTypes implements InputTypeStrategy {
  /** More parts than this are no histogram, and cost memory in each group. */
  private static final int MOST_BUCKETS = 100_000;

  static TypeInference inference() {
    LinkedHashMap<String, StateTypeStrategy> state = new LinkedHashMap<>();
    state.put(
        "kept",
        StateTypeStrategy.of(
            call ->
                Optional.of(
                    DataTypes.ROW(
                        DataTypes.FIELD("counts", DataTypes.ARRAY(DataTypes.BIGINT())),
                        DataTypes.FIELD("range", DataTypes.ARRAY(DataTypes.DOUBLE()))))));
    return TypeInference.newBuilder()
        .inputTypeStrategy(new HistogramTypes())
        .stateTypeStrategies(state)
        .outputTypeStrategy(call -> Optional.of(DataTypes.ARRAY(DataTypes.BIGINT())))
        .build();
  }

  @Override
  public ArgumentCount getArgumentCount() {
    return ConstantArgumentCount.of(4);
  }

  @Override
  public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
    List<DataType> given = call.getArgumentDataTypes();
    for (int i = 0; i < given.size(); i++) {
      boolean fits =
          i < 3
              ? given.get(i).getLogicalType().is(LogicalTypeFamily.NUMERIC)
              : given.get(i).getLogicalType().is(LogicalTypeRoot.INTEGER);
      if (!fits) {
        return call.fail(
            throwOnFailure,
            "histogram takes a value, the least and the greatest as numbers, and the number of"
                + " buckets as INT.");
      }
    }
    Optional<String> wrong = wrongConstants(call);
    if (wrong.isPresent()) {
      return call.fail(throwOnFailure, wrong.get());
    }
    DataType number = DataTypes.DOUBLE();
    return Optional.of(List.of(number, number, number, DataTypes.INT()));
  }

  private static Optional<String> wrongConstants(CallContext call) {
    for (int i = 1; i < 4; i++) {
      if (!isConstant(call, i)) {
        return Optional.empty();
      }
    }
    return problems(
            call.getArgumentValue(1, Double.class).orElse(null),
            call.getArgumentValue(2, Double.class).orElse(null),
            call.getArgumentValue(3, Integer.class).orElse(null))
        .stream()
        .findFirst();
  }

  /** An aggregate that was planned does not know its constants any more. */
  private static boolean isConstant(CallContext call, int argument) {
    try {
      return call.isArgumentLiteral(argument);
    } catch (UnsupportedOperationException planned) {
      return false;
    }
  }

  /** Empty if a histogram can have them. */
  static List<String> problems(Double min, Double max, Integer buckets) {
    List<String> problems = new ArrayList<>();
    if (min == null || max == null || buckets == null) {
      problems.add("The range and the number of buckets of a histogram cannot be NULL.");
    } else if (!(min < max) || Double.isInfinite(max - min)) {
      problems.add("The range of a histogram has to be finite and begin before it ends.");
    } else if (buckets < 1 || buckets > MOST_BUCKETS) {
      problems.add("The number of buckets of a histogram is 1 to " + MOST_BUCKETS + ".");
    }
    return problems;
  }

  @Override
  public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
    return List.of(
        Signature.of(
            Signature.Argument.of("value"),
            Signature.Argument.of("min"),
            Signature.Argument.of("max"),
            Signature.Argument.of("nbuckets")));
  }
}
