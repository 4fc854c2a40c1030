package io.orochi.catalog.flink.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentCount;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.ConstantArgumentCount;
import org.apache.flink.table.types.inference.InputTypeStrategy;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * What {@code time_bucket} takes: a width of INTERVAL or text; a TIMESTAMP, TIMESTAMP_LTZ or DATE;
 * and for timestamps a third argument: a time zone (text, only with TIMESTAMP_LTZ), an origin of
 * the same type, or an offset (INTERVAL or text). The result has the type of the second argument.
 *
 * <p>The argument types are taken as they are: Flink cannot cast to an interval.
 */
final class TimeBucketTypes implements InputTypeStrategy {
  private TimeBucketTypes() {}

  static TypeInference inference() {
    return TypeInference.newBuilder()
        .inputTypeStrategy(new TimeBucketTypes())
        .outputTypeStrategy(TimeBucketTypes::result)
        .build();
  }

  @Override
  public ArgumentCount getArgumentCount() {
    return ConstantArgumentCount.between(2, 3);
  }

  @Override
  public Optional<List<DataType>> inferInputTypes(CallContext call, boolean throwOnFailure) {
    List<DataType> given = call.getArgumentDataTypes();
    Optional<DataType> width = interval(given.get(0));
    if (width.isEmpty()) {
      return call.fail(
          throwOnFailure,
          "time_bucket takes an INTERVAL or a text such as '5 minutes' as width, not %s.",
          given.get(0));
    }
    Optional<DataType> time = time(given.get(1));
    if (time.isEmpty()) {
      return call.fail(
          throwOnFailure,
          "time_bucket takes a TIMESTAMP, TIMESTAMP_LTZ or DATE, not %s.",
          given.get(1));
    }
    List<DataType> expected = new ArrayList<>(List.of(width.get(), time.get()));
    if (given.size() == 3) {
      Optional<DataType> third = third(call, root(given.get(1)), given.get(2));
      if (third.isEmpty()) {
        return call.fail(
            throwOnFailure,
            "time_bucket on %s takes no third argument of %s: only a TIMESTAMP_LTZ takes a time"
                + " zone, and an origin has the type of the time.",
            given.get(1),
            given.get(2));
      }
      expected.add(third.get());
    }
    return Optional.of(expected);
  }

  @Override
  public List<Signature> getExpectedSignatures(FunctionDefinition definition) {
    return List.of(
        Signature.of(Signature.Argument.of("width"), Signature.Argument.of("time")),
        Signature.of(
            Signature.Argument.of("width"),
            Signature.Argument.of("time"),
            Signature.Argument.of("timezone | origin | offset")));
  }

  private static Optional<DataType> result(CallContext call) {
    boolean nullable =
        call.getArgumentDataTypes().stream().anyMatch(type -> type.getLogicalType().isNullable());
    return time(call.getArgumentDataTypes().get(1))
        .map(type -> nullable ? type.nullable() : type.notNull());
  }

  private static Optional<DataType> interval(DataType type) {
    return switch (root(type)) {
      case INTERVAL_DAY_TIME -> Optional.of(type.bridgedTo(Long.class));
      case INTERVAL_YEAR_MONTH -> Optional.of(type.bridgedTo(Integer.class));
      case CHAR, VARCHAR -> Optional.of(type.bridgedTo(StringData.class));
      case NULL -> Optional.of(DataTypes.STRING().bridgedTo(StringData.class));
      default -> Optional.empty();
    };
  }

  private static Optional<DataType> time(DataType type) {
    return switch (root(type)) {
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          Optional.of(type.bridgedTo(TimestampData.class));
      case DATE -> Optional.of(type.bridgedTo(Integer.class));
      default -> Optional.empty();
    };
  }

  private static Optional<DataType> third(CallContext call, LogicalTypeRoot time, DataType type) {
    if (time == LogicalTypeRoot.DATE) {
      return Optional.empty();
    }
    if (root(type) == time) {
      return time(type);
    }
    boolean text = root(type) == LogicalTypeRoot.CHAR || root(type) == LogicalTypeRoot.VARCHAR;
    if (text && time == LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE) {
      // Text may name a zone; only a literal is known not to.
      boolean offset =
          call.getArgumentValue(2, String.class).filter(TimeBucketFunction::isInterval).isPresent();
      return offset ? interval(type) : Optional.empty();
    }
    return interval(type);
  }

  private static LogicalTypeRoot root(DataType type) {
    return type.getLogicalType().getTypeRoot();
  }
}
