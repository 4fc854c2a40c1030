package io.orochi.postgres;

import io.orochi.postgres.Relation.Column;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Tables of few rows, with many NULLs and many equal values. */
final class Tables {
  private static final List<String> TEXTS =
      List.of("", "a", "A", "ab", "aB", "b", "ba", " a ", "abcab", "z", "a%b", "it''s", "10");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
  private static final int ROWS = 36;

  private Tables() {}

  static List<Relation> shapes() {
    List<Column> columns =
        List.of(
            new Column("id", SqlType.INT),
            new Column("k", SqlType.INT),
            new Column("n", SqlType.INT),
            new Column("d", SqlType.DECIMAL),
            new Column("s", SqlType.TEXT),
            new Column("b", SqlType.BOOLEAN),
            new Column("dt", SqlType.DATE),
            new Column("ts", SqlType.TIMESTAMP));
    return List.of(
        new Relation("t1", columns),
        new Relation("t2", columns.subList(0, 6)),
        new Relation("t3", columns.subList(1, 5)));
  }

  static String create(Relation table) {
    return table.columns().stream()
        .map(column -> column.name() + " " + column.type().sql())
        .collect(Collectors.joining(", ", "CREATE TABLE " + table.sql() + " (", ")"));
  }

  static String insert(Relation table, Random random) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      int id = row;
      rows.add(
          table.columns().stream()
              .map(column -> column.name().equals("id") ? "" + id : value(column.type(), random))
              .collect(Collectors.joining(", ", "(", ")")));
    }
    return "INSERT INTO " + table.sql() + " VALUES " + String.join(", ", rows);
  }

  private static String value(SqlType type, Random random) {
    return random.nextInt(5) == 0 ? "NULL" : literal(type, random);
  }

  static String literal(SqlType type, Random random) {
    LocalDate day = LocalDate.of(2024, 2, 27).plusDays(random.nextInt(5));
    return switch (type) {
      case INT -> "" + (random.nextInt(13) - 4);
      case DECIMAL ->
          (random.nextInt(9) - 3) + "." + List.of("00", "25", "50", "99").get(random.nextInt(4));
      case TEXT -> "'" + TEXTS.get(random.nextInt(TEXTS.size())) + "'";
      case BOOLEAN -> random.nextBoolean() ? "TRUE" : "FALSE";
      case DATE -> "DATE '" + day + "'";
      case TIMESTAMP -> "TIMESTAMP '" + TIME.format(time(day, random)) + "'";
    };
  }

  private static LocalDateTime time(LocalDate day, Random random) {
    LocalDateTime hour = day.atTime(random.nextInt(24), 0);
    return random.nextBoolean()
        ? hour
        : hour.plusNanos(random.nextInt(3_600_000) * 1_000_000L + 1_000);
  }
}
