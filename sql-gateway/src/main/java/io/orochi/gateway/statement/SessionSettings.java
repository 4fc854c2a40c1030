package io.orochi.gateway.statement;

import io.orochi.gateway.plan.cache.PlanKey;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * The settings of a session as texts. Flink writes a YAML document to make texts of a
 * configuration, so they are kept while the configuration that is asked for equals the last one.
 * Safe between threads.
 */
public final class SessionSettings {
  private volatile InForce last;

  /**
   * Never changed.
   *
   * @param planning those that planning may look at
   */
  record InForce(
      Configuration configuration, Map<String, String> all, Map<String, String> planning) {
    private static InForce of(Configuration configuration) {
      Map<String, String> all = Map.copyOf(configuration.toMap());
      return new InForce(configuration, all, Map.copyOf(PlanKey.relevant(all)));
    }
  }

  /**
   * @param session as it is set now
   * @param statement settings of one statement alone, which count more
   */
  InForce of(Configuration session, Configuration statement) {
    Configuration both = new Configuration(session);
    both.addAll(statement);
    InForce known = last;
    if (known != null && same(known.configuration(), both)) {
      return known;
    }
    InForce now = InForce.of(both);
    last = now;
    return now;
  }

  /** Flink calls a configuration equal to one that has more. */
  private static boolean same(Configuration one, Configuration other) {
    return one.equals(other) && other.equals(one);
  }
}
