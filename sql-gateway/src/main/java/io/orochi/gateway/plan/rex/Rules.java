package io.orochi.gateway.plan.rex;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    for (FunctionMapping mapping : FunctionMappings.all()) {
      if (rules.put(mapping.name(), mapping::write) != null) {
        throw new IllegalStateException("two rules for " + mapping.name());
      }
    }
    return Map.copyOf(rules);
  }
}
