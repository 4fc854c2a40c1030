package io.orochi.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.gateway.plan.rex.value.NumberTexts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.data.binary.BinaryStringDataUtil;
import org.apache.flink.table.planner.calcite.FlinkTypeFactory;
import org.apache.flink.table.planner.calcite.FlinkTypeSystem;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * CAST and TRY_CAST of random texts: what the kernel makes of one is what Flink's own class makes
 * of it, or the error after which Flink is asked.
 */
class NumbersOfTextITCase {
  private static final int TEXTS = 10_000;
  private static final long SEED = 7;
  private static final FlinkTypeFactory TYPES =
      new FlinkTypeFactory(NumbersOfTextITCase.class.getClassLoader(), FlinkTypeSystem.INSTANCE);

  private static final List<String> PIECES =
      List.of(
          "0",
          "1",
          "9",
          "12",
          "000",
          "2147483647",
          "9223372036854775808",
          "999999999999999999",
          "0.5",
          ".",
          ".5",
          "5.",
          "-",
          "+",
          "e",
          "E",
          "e5",
          "E-3",
          "e400",
          "e-400",
          "e38",
          "e39",
          " ",
          "  ",
          "\t",
          "\n",
          "\r",
          "\u0001",
          "\u00a0",
          "NaN",
          "Infinity",
          "f",
          "D",
          "x",
          "0x1p3",
          "é",
          "true",
          "T",
          "Yes",
          "no",
          "F",
          "ſ",
          "٣",
          "９",
          "n/a",
          "null",
          "err",
          "er",
          "_",
          ",",
          "'",
          "4.9e-324",
          "1.17549435e-38",
          "3.4028236e38",
          "1.7976931348623159e308");

  @TempDir Path folder;

  static Stream<LogicalType> types() {
    return Stream.of(
        new TinyIntType(),
        new SmallIntType(),
        new IntType(),
        new BigIntType(),
        new FloatType(),
        new DoubleType(),
        new BooleanType(),
        new DecimalType(1, 0),
        new DecimalType(1, 1),
        new DecimalType(3, 3),
        new DecimalType(5, 0),
        new DecimalType(10, 2),
        new DecimalType(18, 0),
        new DecimalType(18, 9),
        new DecimalType(19, 2),
        new DecimalType(38, 10),
        new DecimalType(38, 38));
  }

  /** What became of a text: a value, or NULL, or an error. */
  private record Outcome(Object value, boolean failed) {}

  @ParameterizedTest
  @MethodSource("types")
  void areThoseThatFlinkReads(LogicalType type) {
    RelDataType target = TYPES.createFieldTypeFromLogicalType(type);
    List<String> texts = texts(type);
    List<Outcome> casts;
    List<Outcome> tries;
    try (TestingTexts kernel = new TestingTexts(folder, texts)) {
      casts = onKernel(NumberTexts.cast("s", target).orElseThrow(), kernel);
      tries = onKernel(NumberTexts.tryCast("s", target).orElseThrow(), kernel);
    }
    int readByKernel = 0;
    int triedByKernel = 0;
    for (int i = 0; i < texts.size(); i++) {
      Object flink = onFlink(texts.get(i), type);
      String told = type + " of '" + texts.get(i) + "'";
      if (!casts.get(i).failed()) {
        assertThat(casts.get(i).value()).as("CAST to " + told).isNotNull().isEqualTo(flink);
        readByKernel++;
      }
      if (!tries.get(i).failed()) {
        assertThat(tries.get(i).value()).as("TRY_CAST to " + told).isEqualTo(flink);
        triedByKernel++;
      }
    }
    assertThat(readByKernel).as("CAST on the kernel").isPositive();
    assertThat(triedByKernel).as("TRY_CAST on the kernel").isGreaterThan(TEXTS / 3);
  }

  private static List<String> texts(LogicalType type) {
    Random random = new Random(SEED + type.hashCode());
    List<String> texts = new ArrayList<>(List.of("", " ", ".", "-.", "+", "e5", "12x", "1e"));
    while (texts.size() < TEXTS) {
      texts.add(text(random));
    }
    return texts;
  }

  private static String text(Random random) {
    switch (random.nextInt(4)) {
      case 0:
        return number(random);
      case 1:
        return " ".repeat(random.nextInt(3)) + number(random) + " ".repeat(random.nextInt(3));
      case 2:
        return number(random) + PIECES.get(random.nextInt(PIECES.size()));
      default:
        StringBuilder text = new StringBuilder();
        for (int pieces = 1 + random.nextInt(4); pieces > 0; pieces--) {
          text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
  }

  private static String number(Random random) {
    String sign = List.of("", "-", "+", "").get(random.nextInt(4));
    return switch (random.nextInt(5)) {
      case 0 -> sign + digits(random, 4);
      case 1 -> sign + digits(random, 22);
      case 2 -> sign + digits(random, 4) + "." + digits(random, 5);
      case 3 -> sign + digits(random, 12) + "." + digits(random, 30);
      default ->
          random.nextBoolean()
              ? Double.toString(Double.longBitsToDouble(random.nextLong()))
              : Float.toString(Float.intBitsToFloat(random.nextInt()));
    };
  }

  private static String digits(Random random, int most) {
    StringBuilder digits = new StringBuilder();
    boolean nines = random.nextInt(6) == 0;
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      digits.append(nines ? 9 : random.nextInt(10));
    }
    return digits.toString();
  }

  /** NULL if Flink fails. */
  private static Object onFlink(String text, LogicalType type) {
    BinaryStringData whole = BinaryStringData.fromString(text);
    whole.ensureMaterialized();
    BinaryStringData trimmed = whole.trim();
    try {
      return switch (type.getTypeRoot()) {
        case TINYINT -> BinaryStringDataUtil.toByte(trimmed);
        case SMALLINT -> BinaryStringDataUtil.toShort(trimmed);
        case INTEGER -> BinaryStringDataUtil.toInt(trimmed);
        case BIGINT -> BinaryStringDataUtil.toLong(trimmed);
        case FLOAT -> BinaryStringDataUtil.toFloat(trimmed);
        case DOUBLE -> BinaryStringDataUtil.toDouble(trimmed);
        case BOOLEAN -> BinaryStringDataUtil.toBoolean(whole);
        default -> {
          DecimalType decimal = (DecimalType) type;
          yield Objects.requireNonNull(
                  BinaryStringDataUtil.toDecimal(whole, decimal.getPrecision(), decimal.getScale()))
              .toBigDecimal();
        }
      };
    } catch (NumberFormatException
        | ArithmeticException
        | IndexOutOfBoundsException
        | TableException refused) {
      return null;
    }
  }

  private static List<Outcome> onKernel(String sql, TestingTexts texts) {
    List<Object> values = texts.column("TRY(" + sql + ")");
    // of a column of its own: the kernel would compute what two have in common outside of TRY
    List<Object> isNull = texts.column("TRY((" + sql + ") IS NULL)");
    return IntStream.range(0, values.size())
        .mapToObj(i -> new Outcome(values.get(i), isNull.get(i) == null))
        .toList();
  }
}
