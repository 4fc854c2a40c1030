package io.orochi.gateway.plan;

import io.orochi.gateway.plan.scan.SessionTables;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;

/**
 * What a session decides about planning.
 *
 * @param timeZone the session's time zone: how TIMESTAMP_LTZ is shown and cut into days
 * @param poolBytes the data a query may read on the kernel before {@link EngineChoice#AUTO} takes
 *     Flink instead
 * @param sessionSettings what the session has SET, for {@code info.settings}
 * @param tables what the session sees
 */
public record QuerySettings(
    EngineChoice engine,
    ZoneId timeZone,
    long poolBytes,
    Map<String, String> sessionSettings,
    SessionTables tables) {
  public QuerySettings {
    Objects.requireNonNull(engine);
    Objects.requireNonNull(timeZone);
    sessionSettings = Map.copyOf(sessionSettings);
    Objects.requireNonNull(tables);
    if (poolBytes < 0) {
      throw new IllegalArgumentException("poolBytes < 0: " + poolBytes);
    }
  }

  public QuerySettings(EngineChoice engine, ZoneId timeZone, long poolBytes) {
    this(engine, timeZone, poolBytes, Map.of());
  }

  public QuerySettings(
      EngineChoice engine, ZoneId timeZone, long poolBytes, Map<String, String> sessionSettings) {
    this(engine, timeZone, poolBytes, sessionSettings, SessionTables.COMMITTED);
  }

  /** Automatic choice with no limit of bytes. */
  public static QuerySettings automatic(ZoneId timeZone) {
    return new QuerySettings(EngineChoice.AUTO, timeZone, Long.MAX_VALUE, Map.of());
  }
}
