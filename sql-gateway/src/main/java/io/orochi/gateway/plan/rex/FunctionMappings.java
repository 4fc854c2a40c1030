package io.orochi.gateway.plan.rex;

import static io.orochi.gateway.plan.rex.FunctionMapping.Operand.BYTES;
import static io.orochi.gateway.plan.rex.FunctionMapping.Operand.TEXT;
import static io.orochi.gateway.plan.rex.FunctionMapping.Operand.TEXT_OF_FIXED_LENGTH;
import static io.orochi.gateway.plan.rex.FunctionMapping.Operand.TEXT_OR_WHOLE_NUMBER;
import static io.orochi.gateway.plan.rex.FunctionMapping.Operand.WHOLE_NUMBER;

import io.orochi.gateway.plan.rex.FunctionMapping.Operand;
import java.util.List;

/** Functions that are one expression in the kernel; operands decide nothing but acceptance. */
final class FunctionMappings {
  private static final String FLINKS_CODE = "Flink's own code";
  private static final String PACKED_TEXTS = "CAST(length($2) AS VARCHAR) || ':' || $2 || $3";

  private static final List<FunctionMapping> ALL =
      List.of(
          map("UPPER", "upper($1)", "letters that grow in upper case (ß) stay one letter", TEXT),
          map("LOWER", "lower($1)", "İ and a Σ at the end become i and σ", TEXT),
          map("CHAR_LENGTH", "length($1)", "code points", TEXT),
          map("CHARACTER_LENGTH", "length($1)", "code points", TEXT),
          map("OCTET_LENGTH", "octet_length($1)", "", BYTES),
          map("POSITION", "instr($2, $1)", "0 if absent", TEXT, TEXT),
          map("LOCATE", "instr($2, $1)", "0 if absent", TEXT, TEXT),
          map("INSTR", "instr($1, $2)", "0 if absent", TEXT, TEXT),
          map("STARTSWITH", "starts_with($1, $2)", "", TEXT, TEXT),
          map("ENDSWITH", "ends_with($1, $2)", "", TEXT, TEXT),
          map("MD5", "md5($1)", "lower-case hexadecimal", TEXT),
          map("SHA1", "sha1($1)", "lower-case hexadecimal", TEXT),
          map("SHA256", "sha256($1)", "lower-case hexadecimal", TEXT),
          map("TO_BASE64", "to_base64(encode($1))", "", TEXT),
          map("HEX", "hex($1)", "of a text its UTF-8 bytes", TEXT_OR_WHOLE_NUMBER),
          map("BIN", "bin(CAST($1 AS BIGINT))", "", WHOLE_NUMBER),
          map("REPEAT", "repeat($1, CAST($2 AS BIGINT))", "", TEXT, WHOLE_NUMBER),
          map("LTRIM", "ltrim($1, ' ')", "spaces only", TEXT),
          map("RTRIM", "rtrim($1, ' ')", "spaces only", TEXT),
          map("BTRIM", "trim($1, ' ')", "spaces only", TEXT),
          map("BITAND", "($1 & $2)", "", WHOLE_NUMBER, WHOLE_NUMBER),
          map("PI", "pi()", ""),
          map("E", "exp(1.0)", ""),
          flink("REGEXP", "flink_regexp($1, $2)", TEXT, TEXT),
          flinkText("REGEXP_EXTRACT", "flink_regexp_extract($1, '0:' || $2)", TEXT, TEXT),
          flinkText(
              "REGEXP_EXTRACT",
              "flink_regexp_extract($1, CAST($3 AS VARCHAR) || ':' || $2)",
              TEXT,
              TEXT,
              WHOLE_NUMBER),
          flinkText("REGEXP_SUBSTR", "flink_regexp_extract($1, '0:' || $2)", TEXT, TEXT),
          flinkText(
              "REGEXP_REPLACE", "flink_regexp_replace($1, " + PACKED_TEXTS + ")", TEXT, TEXT, TEXT),
          flink("REGEXP_COUNT", "flink_regexp_count($1, $2)", TEXT, TEXT),
          flink("REGEXP_INSTR", "flink_regexp_instr($1, $2)", TEXT, TEXT),
          flink("SIMILAR TO", "flink_similar($1, $2)", TEXT, TEXT),
          flink("NOT SIMILAR TO", "(NOT flink_similar($1, $2))", TEXT, TEXT),
          flinkText("JSON_VALUE", "flink_json_value($1, $2)", TEXT, TEXT),
          flink("JSON_EXISTS", "flink_json_exists($1, $2)", TEXT, TEXT_OF_FIXED_LENGTH),
          flink("IS JSON VALUE", "coalesce(flink_is_json_value($1), false)", TEXT),
          flink("IS JSON OBJECT", "coalesce(flink_is_json_object($1), false)", TEXT),
          flink("IS JSON ARRAY", "coalesce(flink_is_json_array($1), false)", TEXT),
          flink("IS JSON SCALAR", "coalesce(flink_is_json_scalar($1), false)", TEXT),
          flink("IS NOT JSON VALUE", "(NOT coalesce(flink_is_json_value($1), false))", TEXT),
          flink("IS NOT JSON OBJECT", "(NOT coalesce(flink_is_json_object($1), false))", TEXT),
          flink("IS NOT JSON ARRAY", "(NOT coalesce(flink_is_json_array($1), false))", TEXT),
          flink("IS NOT JSON SCALAR", "(NOT coalesce(flink_is_json_scalar($1), false))", TEXT),
          flinkText("INITCAP", "flink_initcap($1)", TEXT),
          flinkText("REVERSE", "flink_reverse($1)", TEXT),
          flinkText(
              "OVERLAY",
              "flink_overlay($1, CAST($3 AS VARCHAR) || ':' || $2)",
              TEXT,
              TEXT,
              WHOLE_NUMBER),
          flinkText(
              "OVERLAY",
              "flink_overlay_length($1, CAST($3 AS VARCHAR) || ':' || CAST($4 AS VARCHAR) || ':' || $2)",
              TEXT,
              TEXT,
              WHOLE_NUMBER,
              WHOLE_NUMBER),
          flink("ASCII", "flink_ascii($1)", TEXT),
          flinkText("CHR", "flink_chr(CAST($1 AS VARCHAR))", WHOLE_NUMBER),
          flink("HASH_CODE", "flink_hash_code($1)", TEXT),
          flinkText("PARSE_URL", "flink_parse_url($1, $2)", TEXT, TEXT),
          flink("IS_DIGIT", "coalesce(flink_is_digit($1), false)", TEXT),
          flink("IS_ALPHA", "coalesce(flink_is_alpha($1), false)", TEXT),
          flink("IS_DECIMAL", "coalesce(flink_is_decimal($1), false)", TEXT),
          flinkText("SHA224", "flink_sha($1, 'SHA-224')", TEXT),
          flinkText("SHA384", "flink_sha($1, 'SHA-384')", TEXT),
          flinkText("SHA512", "flink_sha($1, 'SHA-512')", TEXT),
          flinkText("URL_ENCODE", "flink_url_encode($1)", TEXT),
          flinkText("URL_DECODE", "flink_url_decode($1)", TEXT));

  private FunctionMappings() {}

  static List<FunctionMapping> all() {
    return ALL;
  }

  private static FunctionMapping map(
      String name, String template, String note, Operand... operands) {
    return new FunctionMapping(name, List.of(operands), Operand.ANY, template, note);
  }

  private static FunctionMapping flink(String name, String template, Operand... operands) {
    return new FunctionMapping(name, List.of(operands), Operand.ANY, template, FLINKS_CODE);
  }

  private static FunctionMapping flinkText(String name, String template, Operand... operands) {
    return new FunctionMapping(name, List.of(operands), TEXT, template, FLINKS_CODE);
  }
}
