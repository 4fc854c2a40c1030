package io.orochi.catalog.flink.functions;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.Shard;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.InputTypeStrategies;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.iceberg.types.Types;

/** {@code shard_for(value, shards)}: Iceberg's bucket transform. Any NULL makes it NULL. */
public final class ShardForFunction extends ScalarFunction {
  private static final long serialVersionUID = 1L;
  private static final Set<LogicalTypeRoot> HASHABLE =
      Set.of(
          LogicalTypeRoot.CHAR,
          LogicalTypeRoot.VARCHAR,
          LogicalTypeRoot.BINARY,
          LogicalTypeRoot.VARBINARY,
          LogicalTypeRoot.TINYINT,
          LogicalTypeRoot.SMALLINT,
          LogicalTypeRoot.INTEGER,
          LogicalTypeRoot.BIGINT,
          LogicalTypeRoot.DECIMAL,
          LogicalTypeRoot.DATE,
          LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE,
          LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);

  @Override
  public TypeInference getTypeInference(DataTypeFactory typeFactory) {
    return TypeInference.newBuilder()
        .inputTypeStrategy(
            InputTypeStrategies.sequence(
                List.of("value", "shards"),
                List.of(InputTypeStrategies.ANY, InputTypeStrategies.explicit(DataTypes.INT()))))
        .outputTypeStrategy(ShardForFunction::resultType)
        .build();
  }

  private static Optional<DataType> resultType(CallContext call) {
    LogicalType key = call.getArgumentDataTypes().get(0).getLogicalType();
    if (!HASHABLE.contains(key.getTypeRoot())) {
      throw new ValidationException(
          "Invalid key of shard_for: a "
              + key
              + " has no shard. Keys are text, bytes, whole and"
              + " decimal numbers, dates and timestamps.");
    }
    boolean nullable =
        call.getArgumentDataTypes().stream().anyMatch(type -> type.getLogicalType().isNullable());
    return Optional.of(nullable ? DataTypes.INT() : DataTypes.INT().notNull());
  }

  public Integer eval(Object value, Integer shards) {
    if (value == null || shards == null) {
      return null;
    }
    if (shards < 1 || shards > Distribution.SHARDS_MAX) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT, "Invalid number of shards in shard_for: " + shards)
          .withHint("It is 1 to " + Distribution.SHARDS_MAX + ".");
    }
    return shard(value, shards).number();
  }

  private static Shard shard(Object value, int shards) {
    if (value instanceof BigDecimal decimal) {
      return Shard.of(Types.DecimalType.of(38, decimal.scale()), decimal, shards);
    } else if (value instanceof byte[] bytes) {
      return Shard.of(Types.BinaryType.get(), ByteBuffer.wrap(bytes), shards);
    } else if (value instanceof String text) {
      return Shard.of(Types.StringType.get(), text, shards);
    } else if (value instanceof LocalDate day) {
      return Shard.of(Types.LongType.get(), day.toEpochDay(), shards);
    } else if (value instanceof LocalDateTime local) {
      return Shard.of(
          Types.LongType.get(), TimeBucket.micros(local.toInstant(ZoneOffset.UTC)), shards);
    } else if (value instanceof Instant instant) {
      return Shard.of(Types.LongType.get(), TimeBucket.micros(instant), shards);
    }
    return Shard.of(Types.LongType.get(), ((Number) value).longValue(), shards);
  }
}
