package io.orochi.table.kernel.exec;

import io.orochi.table.layout.Shard;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BiFunction;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunctionBuilder;

/**
 * Iceberg's bucket transform as functions of an instance, one for each way in which values are
 * hashed. Any NULL makes them NULL.
 */
public final class ShardFunctions {
  /** Of whole numbers, days since 1970 and microseconds since 1970, as BIGINT. */
  public static final String OF_LONG = "orochi_shard_of_long";

  public static final String OF_TEXT = "orochi_shard_of_text";

  /** Of a decimal's text, with all digits of its scale. */
  public static final String OF_DECIMAL = "orochi_shard_of_decimal";

  /** Of the hexadecimal digits of bytes. */
  public static final String OF_HEX = "orochi_shard_of_hex";

  private ShardFunctions() {}

  public static void register(Connection connection) throws SQLException {
    register(
        connection,
        OF_LONG,
        Long.class,
        (Long value, Integer shards) -> shard(Types.LongType.get(), value, shards));
    register(
        connection,
        OF_TEXT,
        String.class,
        (String value, Integer shards) -> shard(Types.StringType.get(), value, shards));
    register(connection, OF_DECIMAL, String.class, ShardFunctions::ofDecimal);
    register(connection, OF_HEX, String.class, ShardFunctions::ofHex);
  }

  /** The kernel leaves out NULL only where a whole vector is. */
  private static <V> void register(
      Connection connection, String name, Class<V> type, BiFunction<V, Integer, Integer> function)
      throws SQLException {
    BiFunction<V, Integer, Integer> orNull =
        (value, shards) -> value == null || shards == null ? null : function.apply(value, shards);
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder
          .withName(name)
          .withParameters(type, Integer.class)
          .withReturnType(Integer.class)
          .withFunction(orNull)
          .register(connection);
    }
  }

  private static Integer ofDecimal(String text, Integer shards) {
    BigDecimal value = new BigDecimal(text);
    return shard(Types.DecimalType.of(38, value.scale()), value, shards);
  }

  private static Integer ofHex(String digits, Integer shards) {
    byte[] hex = digits.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(hex.length / 2);
    for (int i = 0; i + 1 < hex.length; i += 2) {
      bytes.put((byte) (Character.digit(hex[i], 16) << 4 | Character.digit(hex[i + 1], 16)));
    }
    return shard(Types.BinaryType.get(), bytes.flip(), shards);
  }

  private static Integer shard(Type type, Object value, Integer shards) {
    return Shard.of(type, value, shards).number();
  }
}
