package io.orochi.table.kernel.sql;

import java.util.Collection;
import java.util.stream.Collectors;

/** Quoting for generated SQL. */
public final class SqlText {
  private SqlText() {}

  /** Any name as an identifier, with its case. */
  public static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Any text as a literal; null becomes {@code NULL}. */
  public static String literal(String text) {
    return text == null ? "NULL" : '\'' + text.replace("'", "''") + '\'';
  }

  /** A list literal of text. */
  public static String literals(Collection<String> texts) {
    return texts.stream().map(SqlText::literal).collect(Collectors.joining(", ", "[", "]"));
  }
}
