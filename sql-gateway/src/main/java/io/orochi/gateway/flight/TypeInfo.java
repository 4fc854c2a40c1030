package io.orochi.gateway.flight;

import java.sql.Types;
import java.util.List;

/** The SQL types as rows of Flight's type information. */
final class TypeInfo {
  private static final int NULLABLE = 1;
  private static final int SEARCHABLE = 3;

  private static final List<Object[]> ROWS =
      List.of(
          number("BOOLEAN", Types.BOOLEAN, 1, null),
          number("TINYINT", Types.TINYINT, 3, 10),
          number("SMALLINT", Types.SMALLINT, 5, 10),
          number("INT", Types.INTEGER, 10, 10),
          number("BIGINT", Types.BIGINT, 19, 10),
          number("FLOAT", Types.REAL, 24, 2),
          number("DOUBLE", Types.DOUBLE, 53, 2),
          row("DECIMAL", Types.DECIMAL, 38, null, List.of("precision", "scale"), 10),
          row("STRING", Types.VARCHAR, Integer.MAX_VALUE, "'", List.of(), null),
          row("CHAR", Types.CHAR, Integer.MAX_VALUE, "'", List.of("length"), null),
          row("VARCHAR", Types.VARCHAR, Integer.MAX_VALUE, "'", List.of("length"), null),
          row("BYTES", Types.VARBINARY, Integer.MAX_VALUE, "X'", List.of(), null),
          row("DATE", Types.DATE, 10, "DATE '", List.of(), null),
          row("TIME", Types.TIME, 12, "TIME '", List.of("precision"), null),
          row("TIMESTAMP", Types.TIMESTAMP, 29, "TIMESTAMP '", List.of("precision"), null),
          row("TIMESTAMP_LTZ", Types.TIMESTAMP_WITH_TIMEZONE, 29, null, List.of("precision"), null),
          row("ARRAY", Types.ARRAY, null, null, List.of("element type"), null),
          row("MAP", Types.JAVA_OBJECT, null, null, List.of("key type", "value type"), null),
          row("ROW", Types.STRUCT, null, null, List.of("fields"), null));

  private TypeInfo() {}

  static List<Object[]> rows() {
    return ROWS;
  }

  /** Only those of one JDBC type. */
  static List<Object[]> rows(int dataType) {
    return ROWS.stream().filter(row -> row[1].equals(dataType)).toList();
  }

  private static Object[] number(String name, int type, int digits, Integer radix) {
    return row(name, type, digits, null, List.of(), radix);
  }

  private static Object[] row(
      String name, int type, Integer size, String prefix, List<String> parameters, Integer radix) {
    boolean text = type == Types.VARCHAR || type == Types.CHAR;
    return new Object[] {
      name,
      type,
      size,
      prefix,
      prefix == null ? null : "'",
      parameters,
      NULLABLE,
      text,
      SEARCHABLE,
      radix == null ? null : Boolean.FALSE,
      Boolean.FALSE,
      Boolean.FALSE,
      name,
      type == Types.DECIMAL ? 0 : null,
      type == Types.DECIMAL ? 38 : null,
      type,
      null,
      radix,
      null
    };
  }
}
