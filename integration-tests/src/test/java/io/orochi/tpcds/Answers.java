package io.orochi.tpcds;

import io.orochi.tpch.DuckDbReference;
import io.orochi.tpch.Rows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The known answers of one query. Rows that its ORDER BY leaves in any order may come in any order,
 * and when its LIMIT cuts among such rows, any of them may be there.
 */
final class Answers {
  private static final Pattern LIMIT = Pattern.compile("\\s+LIMIT\\s+(\\d+)\\s*$");

  private final List<List<Object>> rows;
  private final List<List<Object>> unlimited;

  Answers(DuckDbReference reference, String sql) throws SQLException {
    this.rows = reference.query(sql);
    Matcher limit = LIMIT.matcher(sql);
    boolean cuts = limit.find() && rows.size() == Integer.parseInt(limit.group(1));
    this.unlimited = cuts ? reference.query(sql.substring(0, limit.start())) : rows;
  }

  /** Each difference in one line; empty if the answer is right. */
  List<String> differences(List<List<Object>> actual) {
    if (Rows.differences(rows, actual).isEmpty()) {
      return List.of();
    }
    if (actual.size() != rows.size()) {
      return List.of("expected " + rows.size() + " rows, found " + actual.size());
    }
    if (unlimited == rows) {
      return Rows.differences(sorted(rows), sorted(actual));
    }
    List<List<Object>> left = new ArrayList<>(unlimited);
    List<String> differences = new ArrayList<>();
    for (List<Object> row : actual) {
      if (!left.removeIf(other -> same(other, row))) {
        differences.add("not expected: " + row);
      }
    }
    return differences;
  }

  private static boolean same(List<Object> expected, List<Object> actual) {
    return Rows.differences(List.of(expected), List.of(actual)).isEmpty();
  }

  private static List<List<Object>> sorted(List<List<Object>> rows) {
    return rows.stream().sorted(Comparator.comparing(Answers::key)).toList();
  }

  /** Fractions stay out: engines write them in different ways. */
  private static String key(List<Object> row) {
    return row.stream()
        .map(
            value ->
                value instanceof Number number ? "%.2f".formatted(number.doubleValue()) : value)
        .map(String::valueOf)
        .collect(Collectors.joining("|"));
  }
}
