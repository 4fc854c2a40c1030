package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EveryTypeTest {
  private static final Schema V2 = schema(false);
  private static final Schema V3 = schema(true);

  @TempDir Path folder;
  private TestingKernel kernel;
  private TestingLake lake;
  private final Random random = new Random(20_26);

  @BeforeEach
  void open() {
    kernel = TestingKernel.over(folder);
    lake = new TestingLake(folder);
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  private static Schema schema(boolean nanos) {
    List<Type> types =
        new ArrayList<>(
            List.of(
                Types.BooleanType.get(),
                Types.IntegerType.get(),
                Types.LongType.get(),
                Types.FloatType.get(),
                Types.DoubleType.get(),
                Types.DateType.get(),
                Types.TimeType.get(),
                Types.TimestampType.withoutZone(),
                Types.TimestampType.withZone(),
                Types.StringType.get(),
                Types.UUIDType.get(),
                Types.FixedType.ofLength(7),
                Types.BinaryType.get(),
                Types.DecimalType.of(9, 2),
                Types.DecimalType.of(18, 4),
                Types.DecimalType.of(38, 10)));
    if (nanos) {
      types.add(Types.TimestampNanoType.withoutZone());
      types.add(Types.TimestampNanoType.withZone());
    }
    List<NestedField> fields = new ArrayList<>();
    types.forEach(
        type -> fields.add(NestedField.optional(fields.size() + 1, "c" + fields.size(), type)));
    Types.StructType point =
        Types.StructType.of(
            NestedField.optional(101, "x", Types.DoubleType.get()),
            NestedField.optional(102, "at", Types.TimestampType.withZone()));
    fields.add(NestedField.optional(110, "point", point));
    fields.add(
        NestedField.optional(111, "uuids", Types.ListType.ofOptional(112, Types.UUIDType.get())));
    fields.add(
        NestedField.optional(
            113,
            "decimals",
            Types.MapType.ofOptional(
                114, 115, Types.StringType.get(), Types.DecimalType.of(20, 5))));
    fields.add(
        NestedField.optional(
            116,
            "lists",
            Types.ListType.ofOptional(
                117, Types.ListType.ofOptional(118, Types.BinaryType.get()))));
    return new Schema(fields);
  }

  private Object random(Type type) {
    if (random.nextInt(8) == 0) {
      return null;
    }
    return switch (type.typeId()) {
      case BOOLEAN -> random.nextBoolean();
      case INTEGER -> pick(Integer.MIN_VALUE, Integer.MAX_VALUE, 0, random.nextInt());
      case LONG -> pick(Long.MIN_VALUE, Long.MAX_VALUE, -1L, random.nextLong());
      case FLOAT ->
          pick(Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -0.0f, random.nextFloat());
      case DOUBLE ->
          pick(
              Double.NaN,
              Double.POSITIVE_INFINITY,
              Double.MIN_VALUE,
              Double.MAX_VALUE,
              -0.0,
              random.nextDouble());
      case DATE ->
          pick(
              LocalDate.of(1, 1, 1),
              LocalDate.of(9999, 12, 31),
              LocalDate.ofEpochDay(random.nextInt(40_000) - 20_000));
      case TIME ->
          pick(LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59, 999_999_000), LocalTime.of(1, 2, 3));
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC()
              ? micros().atOffset(ZoneOffset.UTC)
              : micros();
      case TIMESTAMP_NANO ->
          ((Types.TimestampNanoType) type).shouldAdjustToUTC()
              ? nanos().atOffset(ZoneOffset.UTC)
              : nanos();
      case STRING -> pick("", "it's \"q\" \\", "zażółć gęślą \uD83D\uDC09", "x".repeat(5000));
      case UUID -> new UUID(random.nextLong(), random.nextLong());
      case FIXED -> bytes(((Types.FixedType) type).length());
      case BINARY -> ByteBuffer.wrap(bytes(random.nextInt(20)));
      case DECIMAL -> decimal((Types.DecimalType) type);
      case STRUCT -> struct(type.asStructType());
      case LIST -> list(type.asListType().elementType());
      case MAP -> map(type.asMapType());
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private Object pick(Object... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private LocalDateTime micros() {
    return (LocalDateTime)
        pick(
            LocalDateTime.of(1, 1, 1, 0, 0),
            LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
            LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
            LocalDateTime.of(2024, 2, 29, 1, 2, 3, 123_456_000));
  }

  private LocalDateTime nanos() {
    return (LocalDateTime)
        pick(
            LocalDateTime.of(1700, 1, 1, 0, 0),
            LocalDateTime.of(2200, 12, 31, 23, 59, 59, 999_999_999),
            LocalDateTime.of(2024, 2, 29, 1, 2, 3, 123_456_789));
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private BigDecimal decimal(Types.DecimalType type) {
    BigInteger limit = BigInteger.TEN.pow(type.precision());
    BigInteger unscaled =
        random.nextInt(4) == 0
            ? limit.subtract(BigInteger.ONE)
            : new BigInteger(limit.bitLength() - 1, random);
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
  }

  private Record struct(Types.StructType type) {
    GenericRecord record = GenericRecord.create(type);
    for (int i = 0; i < type.fields().size(); i++) {
      record.set(i, random(type.fields().get(i).type()));
    }
    return record;
  }

  private List<Object> list(Type element) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(random(element));
    }
    return list;
  }

  private Map<Object, Object> map(Types.MapType type) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put("key" + i, random(type.valueType()));
    }
    return map;
  }

  private List<Record> rows(Schema schema) {
    List<Record> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rows.add(struct(schema.asStruct()));
    }
    return rows;
  }

  @Test
  void everyTypeOfFormatTwoReadsAsIcebergReadsIt() {
    Table table = lake.create("v2", 2, V2, PartitionSpec.unpartitioned());
    TestingLake.append(table, rows(table.schema()));
    assertThat(kernel.rows(table)).isEqualTo(TestingLake.rows(table)).hasSize(500);
  }

  @Test
  void everyTypeOfFormatThreeReadsAsIcebergReadsIt() {
    Table table = lake.create("v3", 3, V3, PartitionSpec.unpartitioned());
    TestingLake.append(table, rows(table.schema()));
    assertThat(kernel.rows(table)).isEqualTo(TestingLake.rows(table)).hasSize(500);
  }

  @Test
  void rowsInMemoryKeepEveryType() {
    List<Record> rows = rows(V2);
    List<String> expected =
        new ArrayList<>(
            rows.stream().map(row -> CanonicalText.of(row, row.size())).sorted().toList());
    List<Object[]> values =
        rows.stream()
            .map(
                row -> {
                  Object[] copy = new Object[row.size()];
                  for (int i = 0; i < copy.length; i++) {
                    copy[i] = row.get(i);
                  }
                  return copy;
                })
            .toList();
    try (KernelSession session = kernel.kernel().openSession()) {
      String name = session.register(V2, values);
      assertThat(TestingKernel.rows(session, "SELECT * FROM " + name)).isEqualTo(expected);
    }
  }
}
