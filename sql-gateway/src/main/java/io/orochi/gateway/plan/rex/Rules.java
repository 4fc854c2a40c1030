package io.orochi.gateway.plan.rex;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every operator the kernel can run, by Flink's upper-case name. */
final class Rules {
  private static final Map<String, Call.Rule> BY_NAME = build();

  private Rules() {}

  /** Null if there is none. */
  static Call.Rule find(String name) {
    return BY_NAME.get(name);
  }

  /** In alphabetical order. */
  static List<String> names() {
    return BY_NAME.keySet().stream().sorted().toList();
  }

  private static Map<String, Call.Rule> build() {
    Map<String, Call.Rule> rules = new HashMap<>();
    Conditions.addTo(rules);
    Comparisons.addTo(rules);
    Arithmetic.addTo(rules);
    Casts.addTo(rules);
    Times.addTo(rules);
    Texts.addTo(rules);
    Numbers.addTo(rules);
    Containers.addTo(rules);
    TimeBuckets.addTo(rules);
    ShardCalls.addTo(rules);
    FunctionMappings.all().stream()
        .collect(Collectors.groupingBy(FunctionMapping::name))
        .forEach(
            (name, mappings) -> {
              Call.Rule rule = call -> ofItsSize(mappings, call).write(call);
              if (rules.put(name, Texts.faster(name, rule)) != null) {
                throw new IllegalStateException("two rules for " + name);
              }
            });
    return Map.copyOf(rules);
  }

  private static FunctionMapping ofItsSize(List<FunctionMapping> mappings, Call call) {
    return mappings.stream()
        .filter(mapping -> mapping.isOf(call.size()))
        .findFirst()
        .orElse(mappings.get(0));
  }
}
