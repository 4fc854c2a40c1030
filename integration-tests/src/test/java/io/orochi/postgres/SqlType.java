package io.orochi.postgres;

/** The types that both dialects spell and mean alike. */
enum SqlType {
  INT("INT"),
  DECIMAL("DECIMAL(10, 2)"),
  TEXT("VARCHAR(40)"),
  BOOLEAN("BOOLEAN"),
  DATE("DATE"),
  TIMESTAMP("TIMESTAMP(6)");

  private final String sql;

  SqlType(String sql) {
    this.sql = sql;
  }

  String sql() {
    return sql;
  }
}
