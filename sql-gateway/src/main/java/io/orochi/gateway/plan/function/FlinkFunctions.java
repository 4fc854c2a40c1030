package io.orochi.gateway.plan.function;

import io.orochi.table.kernel.KernelFunction;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.data.binary.BinaryStringDataUtil;
import org.apache.flink.table.runtime.functions.SqlFunctionUtils;

/**
 * What Flink's own code computes inside the kernel, because the kernel's functions do it otherwise.
 * Operands after the first are packed into one text: a number and a text as {@code 1:text}, two
 * texts as {@code length:firstsecond}.
 */
public final class FlinkFunctions {
  private static final List<KernelFunction> ALL =
      List.of(
          binary("flink_regexp", Boolean.class, Regexes::matches),
          binary("flink_regexp_extract", String.class, Regexes::extract),
          binary("flink_regexp_replace", String.class, Regexes::replace),
          binary("flink_regexp_count", Integer.class, Regexes::count),
          binary("flink_regexp_instr", Integer.class, Regexes::instr),
          binary("flink_similar", Boolean.class, Regexes::similar),
          binary("flink_json_value", String.class, Jsons::value),
          binary("flink_json_exists", Boolean.class, Jsons::exists),
          unary("flink_is_json_value", Boolean.class, Jsons::isValue),
          unary("flink_is_json_object", Boolean.class, Jsons::isObject),
          unary("flink_is_json_array", Boolean.class, Jsons::isArray),
          unary("flink_is_json_scalar", Boolean.class, Jsons::isScalar),
          unary("flink_initcap", String.class, SqlFunctionUtils::initcap),
          unary("flink_reverse", String.class, FlinkFunctions::reverse),
          binary("flink_overlay", String.class, FlinkFunctions::overlay),
          binary("flink_overlay_length", String.class, FlinkFunctions::overlayLength),
          unary("flink_ascii", Integer.class, FlinkFunctions::ascii),
          unary("flink_chr", String.class, text -> SqlFunctionUtils.chr(Long.parseLong(text))),
          unary("flink_hash_code", Integer.class, SqlFunctionUtils::hashCode),
          binary("flink_parse_url", String.class, SqlFunctionUtils::parseUrl),
          unary("flink_is_digit", Boolean.class, SqlFunctionUtils::isDigit),
          unary("flink_is_alpha", Boolean.class, SqlFunctionUtils::isAlpha),
          unary("flink_is_decimal", Boolean.class, SqlFunctionUtils::isDecimal),
          binary("flink_sha", String.class, FlinkFunctions::sha),
          unary("flink_url_encode", String.class, FlinkFunctions::urlEncode),
          unary("flink_url_decode", String.class, FlinkFunctions::urlDecode),
          unary("flink_text_of_double", String.class, FlinkFunctions::ofDouble),
          unary("flink_text_of_float", String.class, FlinkFunctions::ofFloat),
          binary("flink_date", String.class, Dates::date),
          binary("flink_timestamp", String.class, Dates::timestamp),
          binary("flink_instant", String.class, Dates::instant));

  private FlinkFunctions() {}

  public static List<KernelFunction> all() {
    return ALL;
  }

  private static KernelFunction unary(String name, Class<?> result, Function<String, ?> body) {
    return new KernelFunction(name, 1, result, (text, none) -> body.apply(text));
  }

  private static KernelFunction binary(
      String name, Class<?> result, BiFunction<String, String, ?> body) {
    return new KernelFunction(name, 2, result, body);
  }

  static BinaryStringData binary(String text) {
    BinaryStringData data = BinaryStringData.fromString(text);
    data.ensureMaterialized();
    return data;
  }

  private static String reverse(String text) {
    return BinaryStringDataUtil.reverse(binary(text)).toString();
  }

  private static String overlay(String text, String rest) {
    Packed place = Packed.numbered(rest);
    return SqlFunctionUtils.overlay(text, place.second(), Long.parseLong(place.first()));
  }

  private static String overlayLength(String text, String rest) {
    Packed place = Packed.numbered(rest);
    Packed length = Packed.numbered(place.second());
    return SqlFunctionUtils.overlay(
        text, length.second(), Long.parseLong(place.first()), Long.parseLong(length.first()));
  }

  private static Integer ascii(String text) {
    BinaryStringData data = binary(text);
    return data.getSizeInBytes() <= 0 ? 0 : (int) data.byteAt(0);
  }

  private static String sha(String text, String algorithm) {
    try {
      return BinaryStringDataUtil.hash(binary(text), algorithm).toString();
    } catch (NoSuchAlgorithmException unknown) {
      throw new IllegalArgumentException(unknown);
    }
  }

  private static String urlEncode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String urlDecode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static String ofDouble(String text) {
    return Double.toString(Double.parseDouble(named(text)));
  }

  private static String ofFloat(String text) {
    return Float.toString(Float.parseFloat(named(text)));
  }

  /** The kernel's spelling in Java's. */
  private static String named(String text) {
    return switch (text) {
      case "nan" -> "NaN";
      case "inf" -> "Infinity";
      case "-inf" -> "-Infinity";
      default -> text;
    };
  }
}
