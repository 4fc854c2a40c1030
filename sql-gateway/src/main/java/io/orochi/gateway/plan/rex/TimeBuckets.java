package io.orochi.gateway.plan.rex;

import java.util.Map;

/** {@code time_bucket} of the module {@code orochi}. */
final class TimeBuckets {
  private TimeBuckets() {}

  static void addTo(Map<String, CallRule> rules) {
    rules.put("TIME_BUCKET", TimeBuckets::write);
  }

  private static String write(Call call) {
    throw call.refusal("time_bucket");
  }
}
