package io.orochi.tsbs;

import io.orochi.tsbs.CpuRows.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Answers computed in Java by looking at every row. */
final class BruteForce {
  private final List<Row> rows = new ArrayList<>();

  BruteForce(CpuRows rows) {
    rows.forEach(this.rows::add);
  }

  /** Rows as the query's columns: Instant, String and Double. */
  List<List<Object>> answer(TsbsQuery query) {
    List<Row> asked = rows.stream().filter(row -> asksFor(query, row)).toList();
    return switch (query.shape()) {
      case MAX_BY_MINUTE -> maxima(query, asked, ChronoUnit.MINUTES);
      case MAX_BY_HOUR -> maxima(query, asked, ChronoUnit.HOURS);
      case MEAN_BY_HOUR_AND_HOST -> means(query, asked);
      case LAST_FIVE_MINUTES -> {
        List<List<Object>> all = new ArrayList<>(maxima(query, asked, ChronoUnit.MINUTES));
        java.util.Collections.reverse(all);
        yield all.subList(0, Math.min(5, all.size()));
      }
      case HIGH ->
          asked.stream().filter(row -> row.values()[0] > 90).map(r -> whole(query, r)).toList();
      case LAST_ROW -> {
        Map<String, Row> last = new LinkedHashMap<>();
        rows.forEach(row -> last.put(row.host(), row));
        yield last.values().stream().map(row -> whole(query, row)).toList();
      }
    };
  }

  private static boolean asksFor(TsbsQuery query, Row row) {
    return !row.at().isBefore(query.from())
        && row.at().isBefore(query.until())
        && (query.hosts().isEmpty() || query.hosts().contains(row.host()));
  }

  private static List<Object> whole(TsbsQuery query, Row row) {
    return line(
        row.at(),
        row.host(),
        IntStream.range(0, query.metrics()).mapToDouble(m -> row.values()[m]));
  }

  private static List<List<Object>> maxima(TsbsQuery query, List<Row> asked, ChronoUnit unit) {
    return groups(asked, row -> row.at().truncatedTo(unit)).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            group ->
                line(
                    group.getKey(),
                    null,
                    IntStream.range(0, query.metrics())
                        .mapToDouble(m -> values(group.getValue(), m).max().orElseThrow())))
        .toList();
  }

  private static List<List<Object>> means(TsbsQuery query, List<Row> asked) {
    record HourAndHost(Instant hour, String host) {}
    return groups(asked, row -> new HourAndHost(row.at().truncatedTo(ChronoUnit.HOURS), row.host()))
        .entrySet()
        .stream()
        .sorted(
            Map.Entry.comparingByKey(
                Comparator.comparing(HourAndHost::hour).thenComparing(HourAndHost::host)))
        .map(
            group ->
                line(
                    group.getKey().hour,
                    group.getKey().host,
                    IntStream.range(0, query.metrics())
                        .mapToDouble(m -> values(group.getValue(), m).average().orElseThrow())))
        .toList();
  }

  private static <K> Map<K, List<Row>> groups(List<Row> rows, Function<Row, K> key) {
    return rows.stream().collect(Collectors.groupingBy(key));
  }

  private static DoubleStream values(List<Row> rows, int metric) {
    return rows.stream().mapToDouble(row -> row.values()[metric]);
  }

  private static List<Object> line(Instant at, String host, DoubleStream values) {
    List<Object> line = new ArrayList<>();
    line.add(at);
    if (host != null) {
      line.add(host);
    }
    values.forEach(line::add);
    return line;
  }
}
