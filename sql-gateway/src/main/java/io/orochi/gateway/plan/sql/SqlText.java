package io.orochi.gateway.plan.sql;

import java.util.HexFormat;

/** Quoting for the kernel's SQL. */
public final class SqlText {
  private SqlText() {}

  public static String identifier(String name) {
    if (name.indexOf('\0') >= 0) {
      throw new CannotExpress("a name with the character U+0000");
    }
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  public static String string(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new CannotExpress("a text with the character U+0000");
    }
    return '\'' + value.replace("'", "''") + '\'';
  }

  public static String bytes(byte[] value) {
    return "unhex('" + HexFormat.of().formatHex(value) + "')";
  }
}
