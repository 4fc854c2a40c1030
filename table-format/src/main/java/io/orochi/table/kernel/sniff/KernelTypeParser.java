package io.orochi.table.kernel.sniff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Reads the kernel's names of types, such as {@code STRUCT(a BIGINT, "b c" VARCHAR)[]}. What
 * Iceberg lacks becomes the next wider type, or text. Ids come from a counter; use one parser per
 * schema.
 */
final class KernelTypeParser {
  /** What a timestamp without a zone is taken for. */
  enum LocalTimestamps {
    KEPT,
    TAKEN_AS_UTC
  }

  private final LocalTimestamps localTimestamps;
  private int lastId;
  private String text;
  private int position;

  /**
   * @param lastId the highest id in use
   */
  KernelTypeParser(LocalTimestamps localTimestamps, int lastId) {
    this.localTimestamps = localTimestamps;
    this.lastId = lastId;
  }

  Type parse(String typeText) {
    text = typeText;
    position = 0;
    return type();
  }

  private Type type() {
    String name = word();
    Type type =
        switch (name) {
          case "STRUCT" -> struct();
          case "MAP" -> map();
          default -> primitive(name, arguments());
        };
    while (position < text.length() && text.charAt(position) == '[') {
      position = text.indexOf(']', position) + 1;
      type = Types.ListType.ofOptional(++lastId, type);
    }
    return type;
  }

  private Type struct() {
    List<NestedField> fields = new ArrayList<>();
    expect('(');
    do {
      skipSpaces();
      int id = ++lastId;
      String name = fieldName();
      skipSpaces();
      fields.add(NestedField.optional(id, name, type()));
    } while (accept(','));
    expect(')');
    return Types.StructType.of(fields);
  }

  private Type map() {
    int keyId = ++lastId;
    int valueId = ++lastId;
    expect('(');
    Type key = type();
    expect(',');
    skipSpaces();
    Type value = type();
    expect(')');
    return Types.MapType.ofOptional(keyId, valueId, key, value);
  }

  private Type primitive(String name, List<Integer> arguments) {
    return switch (name) {
      case "BOOLEAN" -> Types.BooleanType.get();
      case "TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT" -> Types.IntegerType.get();
      case "BIGINT", "UINTEGER" -> Types.LongType.get();
      case "UBIGINT" -> Types.DecimalType.of(20, 0);
      case "HUGEINT", "UHUGEINT", "BIGNUM" -> Types.DecimalType.of(38, 0);
      case "FLOAT" -> Types.FloatType.get();
      case "DOUBLE" -> Types.DoubleType.get();
      case "DECIMAL" -> Types.DecimalType.of(arguments.get(0), arguments.get(1));
      case "DATE" -> Types.DateType.get();
      case "TIME" -> Types.TimeType.get();
      case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
          localTimestamps == LocalTimestamps.KEPT
              ? Types.TimestampType.withoutZone()
              : Types.TimestampType.withZone();
      case "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS" -> Types.TimestampType.withZone();
      case "UUID" -> Types.UUIDType.get();
      case "BLOB" -> Types.BinaryType.get();
      default -> Types.StringType.get();
    };
  }

  /** Letters, digits and the spaces between words: {@code TIMESTAMP WITH TIME ZONE}. */
  private String word() {
    int start = position;
    while (position < text.length() && isNamePart(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position).strip().toUpperCase(Locale.ROOT);
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == ' ';
  }

  private List<Integer> arguments() {
    List<Integer> arguments = new ArrayList<>();
    if (position >= text.length() || text.charAt(position) != '(') {
      return arguments;
    }
    int end = text.indexOf(')', position);
    for (String argument : text.substring(position + 1, end).split(",")) {
      String digits = argument.strip();
      if (digits.chars().allMatch(Character::isDigit)) {
        arguments.add(Integer.valueOf(digits));
      }
    }
    position = end + 1;
    return arguments;
  }

  private String fieldName() {
    StringBuilder name = new StringBuilder();
    if (text.charAt(position) != '"') {
      while (text.charAt(position) != ' ') {
        name.append(text.charAt(position++));
      }
      return name.toString();
    }
    position++;
    while (true) {
      char c = text.charAt(position++);
      if (c != '"') {
        name.append(c);
      } else if (position < text.length() && text.charAt(position) == '"') {
        name.append('"');
        position++;
      } else {
        return name.toString();
      }
    }
  }

  private void skipSpaces() {
    while (position < text.length() && text.charAt(position) == ' ') {
      position++;
    }
  }

  private boolean accept(char wanted) {
    skipSpaces();
    if (position < text.length() && text.charAt(position) == wanted) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw new IllegalArgumentException("expected " + wanted + " at " + position + ": " + text);
    }
  }
}
