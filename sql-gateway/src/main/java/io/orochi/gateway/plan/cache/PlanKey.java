package io.orochi.gateway.plan.cache;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.api.config.TableConfigOptions;

/**
 * What the same text must have in common to mean the same.
 *
 * @param settings all that parsing and planning may look at
 */
public record PlanKey(String text, String catalog, String database, Map<String, String> settings) {
  private static final String RUNTIME_MODE = "execution.runtime-mode";

  /** A folder of the session's own: no two sessions would share a plan. */
  private static final String OWN_FOLDER = TableConfigOptions.RESOURCES_DOWNLOAD_DIR.key();

  public PlanKey {
    settings = Map.copyOf(settings);
  }

  /** The same circumstances for another text. */
  public PlanKey withText(String other) {
    return new PlanKey(other, catalog, database, settings);
  }

  /** The settings of a session without those no planner reads. */
  public static Map<String, String> relevant(Map<String, String> session) {
    Map<String, String> relevant = new TreeMap<>();
    session.forEach(
        (key, value) -> {
          boolean read =
              key.startsWith("table.") || key.startsWith("orochi.") || key.equals(RUNTIME_MODE);
          if (read && !key.equals(OWN_FOLDER)) {
            relevant.put(key, value);
          }
        });
    return relevant;
  }
}
