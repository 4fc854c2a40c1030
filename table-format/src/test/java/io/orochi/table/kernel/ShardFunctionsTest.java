package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.kernel.exec.ShardFunctions;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel's shards are those of Iceberg's transform, for random keys of each kind. */
class ShardFunctionsTest {
  private static final int KEYS = 5_000;

  @TempDir private Path folder;
  private TestingKernel kernel;

  @BeforeEach
  void open() {
    kernel = TestingKernel.over(folder);
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  private void assertShards(Type type, String template, Function<Random, Object> keys) {
    Random random = new Random(42);
    Schema schema =
        new Schema(
            NestedField.required(1, "i", Types.IntegerType.get()),
            NestedField.optional(2, "v", type));
    List<Object[]> rows =
        IntStream.range(0, KEYS).mapToObj(i -> new Object[] {i, keys.apply(random)}).toList();
    for (int shards : new int[] {1, 7, 32, 1024}) {
      Function<Object, Integer> bucket = Transforms.bucket(shards).bind(type);
      List<String> expected = new ArrayList<>();
      rows.forEach(row -> expected.add(String.valueOf(bucket.apply(row[1]))));
      try (KernelSession session = kernel.kernel().openSession()) {
        String name = session.register(schema, rows);
        String call = template.formatted(shards);
        assertThat(
                TestingKernel.rows(
                    session, "SELECT string_agg(" + call + ", ',' ORDER BY i) FROM " + name))
            .singleElement()
            .asString()
            .contains("{" + String.join(",", expected) + "}");
      }
    }
  }

  @Test
  void ofNullIsNullAlsoBesideOtherKeys() {
    Schema schema = new Schema(NestedField.optional(1, "v", Types.StringType.get()));
    List<Object[]> rows =
        IntStream.range(0, KEYS).mapToObj(i -> new Object[] {i % 3 == 0 ? null : "k" + i}).toList();
    try (KernelSession session = kernel.kernel().openSession()) {
      String name = session.register(schema, rows);
      String call = ShardFunctions.OF_TEXT + "(v, 7)";
      assertThat(
              TestingKernel.rows(
                  session,
                  "SELECT count(*) FROM " + name + " WHERE (v IS NULL) <> (" + call + " IS NULL)"))
          .singleElement()
          .asString()
          .contains("{0}");
    }
  }

  @Test
  void longs() {
    assertShards(Types.LongType.get(), ShardFunctions.OF_LONG + "(v, %d)", Random::nextLong);
  }

  @Test
  void texts() {
    assertShards(
        Types.StringType.get(),
        ShardFunctions.OF_TEXT + "(v, %d)",
        random ->
            random
                .ints(random.nextInt(12), 1, 0x2FFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
  }

  @Test
  void decimals() {
    assertShards(
        Types.DecimalType.of(30, 4),
        ShardFunctions.OF_DECIMAL + "(CAST(v AS VARCHAR), %d)",
        random ->
            new BigDecimal(new BigInteger(random.nextInt(90), random), 4)
                .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1)));
  }

  @Test
  void bytes() {
    assertShards(
        Types.BinaryType.get(),
        ShardFunctions.OF_HEX + "(hex(v), %d)",
        random -> {
          byte[] bytes = new byte[random.nextInt(20)];
          random.nextBytes(bytes);
          return ByteBuffer.wrap(bytes);
        });
  }
}
