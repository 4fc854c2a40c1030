package io.orochi.ddl;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One answer of {@code SELECT *}, with all rows or those where a column is at least something.
 *
 * @param columns names after writer, seq and ts; not to be trusted without rows, for which the JDBC
 *     driver (18.2.0) tells each twice
 * @param from asked for
 * @param until complete
 */
record SeenRows(List<String> columns, List<Row> rows, long from, long until) {
  private static final int FIXED = 3;

  record Row(SentRows.Key key, List<Long> values) {}

  /** What was asked: null for all rows. */
  record Condition(String column, long atLeast) {
    String sql() {
      return " WHERE " + column + " >= " + atLeast;
    }
  }

  static SeenRows of(Connection session, String sql) throws SQLException {
    long from = System.nanoTime();
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int count = result.getMetaData().getColumnCount();
      List<String> columns = new ArrayList<>();
      for (int i = FIXED + 1; i <= count; i++) {
        columns.add(result.getMetaData().getColumnLabel(i));
      }
      List<Row> rows = new ArrayList<>();
      while (result.next()) {
        List<Long> values = new ArrayList<>();
        for (int i = FIXED + 1; i <= count; i++) {
          Object value = result.getObject(i);
          values.add(value == null ? null : new BigDecimal(value.toString()).longValueExact());
        }
        rows.add(new Row(new SentRows.Key(result.getInt(1), result.getLong(2)), values));
      }
      return new SeenRows(columns, rows, from, System.nanoTime());
    }
  }

  /** What is wrong with it; empty if it is right under one of the schemas it may have seen. */
  Optional<String> wrong(SchemaLog schemas, SentRows sent, Condition condition) {
    Set<SentRows.Key> keys = new HashSet<>();
    for (Row row : rows) {
      if (sent.columns(row.key()) == null) {
        return Optional.of("a row that nobody sent: " + row);
      }
      if (!keys.add(row.key())) {
        return Optional.of("a row twice: " + row);
      }
    }
    List<String> reasons = new ArrayList<>();
    for (EvolvingSchema schema : schemas.between(from, until)) {
      Optional<String> wrong = wrong(schema, keys, sent, condition);
      if (wrong.isEmpty()) {
        return wrong;
      }
      reasons.add(wrong.get());
    }
    return Optional.of(String.join("\n or ", reasons));
  }

  private Optional<String> wrong(
      EvolvingSchema schema, Set<SentRows.Key> keys, SentRows sent, Condition condition) {
    if (!rows.isEmpty() && !schema.names().equals(columns)) {
      return Optional.of("columns " + columns + " instead of " + schema.names());
    }
    List<Integer> identities = schema.identities();
    for (Row row : rows) {
      Set<Integer> written = sent.columns(row.key());
      for (int i = 0; i < columns.size(); i++) {
        Long value = value(row.key(), written, identities.get(i));
        if (!java.util.Objects.equals(value, row.values().get(i))) {
          return Optional.of(
              "%s = %s instead of %s in %s"
                  .formatted(columns.get(i), row.values().get(i), value, row));
        }
      }
    }
    int asked = condition == null ? -1 : schema.names().indexOf(condition.column());
    if (condition != null && asked < 0) {
      return Optional.of("an answer about a column that is gone");
    }
    for (Map.Entry<SentRows.Key, Set<Integer>> row : sent.certain(from).entrySet()) {
      boolean due =
          condition == null
              || meets(value(row.getKey(), row.getValue(), identities.get(asked)), condition);
      if (due && !keys.contains(row.getKey())) {
        return Optional.of("without the committed row " + row);
      }
    }
    return condition == null
        ? wrongStream(sent)
        : rows.stream()
            .filter(row -> !meets(row.values().get(asked), condition))
            .map(row -> "a row that does not meet the condition: " + row)
            .findFirst();
  }

  private Optional<String> wrongStream(SentRows sent) {
    long count = streamRows();
    long last =
        rows.stream()
            .filter(row -> row.key().writer() == SentRows.STREAM)
            .mapToLong(row -> row.key().seq())
            .max()
            .orElse(-1);
    long before = sent.streamSeenBefore(from);
    if (last + 1 != count) {
      return Optional.of("%d rows of the stream, the last is %d".formatted(count, last));
    }
    return count < before
        ? Optional.of("%d rows of the stream after %d".formatted(count, before))
        : Optional.empty();
  }

  long streamRows() {
    return rows.stream().filter(row -> row.key().writer() == SentRows.STREAM).count();
  }

  private static boolean meets(Long value, Condition condition) {
    return value != null && value >= condition.atLeast();
  }

  private static Long value(SentRows.Key key, Set<Integer> written, int identity) {
    return written.contains(identity) ? EvolvingSchema.value(key.seq(), identity) : null;
  }
}
