package io.orochi.fuzz;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A table and its rows. The first columns are {@code id}, unique; {@code k}, a small number to join
 * on; and {@code ts}, its time.
 *
 * @param rows those that no delete has removed, in no order
 */
record RandomTable(String name, List<Column> columns, LocalDate day, List<Object[]> rows) {
  static final int ID = 0;
  static final int K = 1;
  static final int TS = 2;

  /** One column; its index is its place in a row. */
  record Column(String name, Kind kind, boolean nullable) {}

  /** A shape without rows. */
  static RandomTable shape(String name, Random random) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("id", Kind.BIGINT, false));
    columns.add(new Column("k", random.nextBoolean() ? Kind.INT : Kind.BIGINT, true));
    columns.add(
        new Column("ts", random.nextInt(3) == 0 ? Kind.TIMESTAMP_LTZ : Kind.TIMESTAMP, false));
    Kind[] kinds = Kind.values();
    int more = 3 + random.nextInt(4);
    for (int i = 0; i < more; i++) {
      Kind kind = kinds[random.nextInt(kinds.length)];
      columns.add(new Column("c" + i, kind, random.nextInt(5) > 0));
    }
    LocalDate day =
        switch (random.nextInt(4)) {
          case 0 -> LocalDate.of(1969, 12, 29);
          case 1 -> LocalDate.of(2023, 12, 28);
          default -> LocalDate.of(2024, 2, 26);
        };
    return new RandomTable(name, List.copyOf(columns), day, new ArrayList<>());
  }

  Object[] newRow(Random random, long id) {
    Object[] row = new Object[columns.size()];
    row[ID] = id;
    for (int i = K; i < row.length; i++) {
      Column column = columns.get(i);
      boolean isNull = column.nullable() && random.nextInt(6) == 0;
      row[i] = isNull ? null : column.kind().value(random, day);
    }
    return row;
  }

  /** CREATE TABLE, sometimes as a hypertable and distributed. */
  String createStatement(Random random) {
    List<String> definitions = new ArrayList<>();
    for (Column column : columns) {
      definitions.add(
          column.name() + " " + column.kind().sqlType() + (column.nullable() ? "" : " NOT NULL"));
    }
    String sql = "CREATE TABLE " + name + " (" + String.join(", ", definitions) + ")";
    if (random.nextInt(4) == 0) {
      return sql;
    }
    String interval = List.of("1 h", "6 h", "1 d", "2 d", "1 month").get(random.nextInt(5));
    String key = List.of("id", "k", columns.get(columns.size() - 1).name()).get(random.nextInt(3));
    boolean bucketed = random.nextBoolean() && canBeBucketed(key);
    String distribution =
        bucketed
            ? " DISTRIBUTED BY HASH(" + key + ") INTO " + (2 + random.nextInt(4)) + " BUCKETS"
            : "";
    return sql
        + distribution
        + " WITH ('orochi.hypertable' = 'ts', 'orochi.chunk-interval' = '"
        + interval
        + "')";
  }

  private boolean canBeBucketed(String key) {
    return columns.stream()
        .filter(column -> column.name().equals(key))
        .noneMatch(column -> column.kind() == Kind.DOUBLE || column.kind() == Kind.BOOLEAN);
  }
}
