package io.orochi.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orochi.bench.Race.Result;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table for people, then one line of JSON for machines. */
final class BenchReport {
  private final String name;
  private final String measures;
  private final List<String> contestants;
  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final List<Result> results = new ArrayList<>();

  /**
   * @param measures what is measured and what is left out
   * @param contestants names, the yardstick last
   */
  BenchReport(String name, String measures, List<String> contestants) {
    this.name = name;
    this.measures = measures;
    this.contestants = List.copyOf(contestants);
    fact("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    fact("cores", Runtime.getRuntime().availableProcessors());
    fact("heap_mb", Runtime.getRuntime().maxMemory() >> 20);
    fact("java", System.getProperty("java.version"));
  }

  /** A fact about data, versions or machine. */
  void fact(String key, Object value) {
    facts.put(key, value);
  }

  void add(Result result) {
    results.add(result);
  }

  /** The geometric mean of first to last contestant. */
  double geometricMean() {
    return Math.exp(results.stream().mapToDouble(r -> Math.log(r.ratio())).average().orElse(0));
  }

  void print(PrintWriter out) throws JsonProcessingException {
    out.println(name + ": " + measures);
    facts.forEach((key, value) -> out.println("  " + key + " = " + value));
    StringBuilder head = new StringBuilder("%-24s".formatted("median ms"));
    contestants.forEach(contestant -> head.append("%16s".formatted(contestant)));
    out.println(head.append("%12s".formatted("ratio")));
    for (Result result : results) {
      StringBuilder line = new StringBuilder("%-24s".formatted(result.what()));
      result.medians().forEach(millis -> line.append(number("%16.2f", millis)));
      out.println(line.append(number("%12.3f", result.ratio())));
    }
    if (results.size() > 1) {
      out.println("geometric mean of the ratio: " + number("%.3f", geometricMean()).strip());
    }
    out.println(new ObjectMapper().writeValueAsString(json()));
    out.flush();
  }

  private Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("benchmark", name);
    json.putAll(facts);
    json.put("contestants", contestants);
    Map<String, Object> medians = new LinkedHashMap<>();
    results.forEach(result -> medians.put(result.what(), result.medians()));
    json.put("median_ms", medians);
    json.put("ratio", geometricMean());
    return json;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
