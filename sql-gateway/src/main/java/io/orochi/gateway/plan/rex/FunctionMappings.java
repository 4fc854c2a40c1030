package io.orochi.gateway.plan.rex;

import static io.orochi.gateway.plan.rex.FunctionMapping.Operand.BYTES;
import static io.orochi.gateway.plan.rex.FunctionMapping.Operand.TEXT;
import static io.orochi.gateway.plan.rex.FunctionMapping.Operand.TEXT_OR_WHOLE_NUMBER;
import static io.orochi.gateway.plan.rex.FunctionMapping.Operand.WHOLE_NUMBER;

import io.orochi.gateway.plan.rex.FunctionMapping.Operand;
import java.util.List;

/** Functions that are one expression in the kernel; operands decide nothing but acceptance. */
final class FunctionMappings {
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
          map("E", "exp(1.0)", ""));

  private FunctionMappings() {}

  static List<FunctionMapping> all() {
    return ALL;
  }

  private static FunctionMapping map(
      String name, String template, String note, Operand... operands) {
    return new FunctionMapping(name, List.of(operands), template, note);
  }
}
