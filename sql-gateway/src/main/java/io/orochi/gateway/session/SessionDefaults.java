package io.orochi.gateway.session;

import io.orochi.catalog.flink.OrochiCatalog;
import io.orochi.catalog.flink.OrochiModule;
import io.orochi.gateway.config.ServerConfig.Limits;
import io.orochi.table.error.OrochiException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.gateway.api.session.SessionEnvironment;

/** What every session has before its client says anything: our catalog, our functions, batch. */
public final class SessionDefaults {
  /** The catalog's name in every session. */
  public static final String CATALOG = "orochi";

  private final OrochiCatalog catalog;

  public SessionDefaults(OrochiCatalog catalog) {
    this.catalog = catalog;
  }

  OrochiCatalog catalog() {
    return catalog;
  }

  /** The settings that RESET returns to. */
  public static Configuration settings(Configuration cluster, Limits limits) {
    Configuration settings = new Configuration(cluster);
    settings.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
    if (!limits.statementTimeout().isZero()) {
      settings.setString("orochi.statement-timeout", limits.statementTimeout().toMillis() + " ms");
    }
    if (limits.resultRows() > 0) {
      settings.setString("orochi.result-row-limit", Long.toString(limits.resultRows()));
    }
    if (limits.resultBytes() > 0) {
      settings.setString("orochi.result-byte-limit", Long.toString(limits.resultBytes()));
    }
    return settings;
  }

  /**
   * What the client asked for, completed.
   *
   * @param database the session's current database, once it is open
   * @throws OrochiException UNKNOWN_SETTING, INVALID_SETTING_VALUE for its settings
   */
  SessionEnvironment complete(SessionEnvironment asked, CurrentDatabase database) {
    OrochiCatalog own = catalog.inSession(database);
    Map<String, String> settings = new HashMap<>(asked.getSessionConfig());
    settings.forEach(io.orochi.catalog.settings.Settings::validate);
    SessionEnvironment.Builder builder =
        SessionEnvironment.newBuilder()
            .setSessionEndpointVersion(asked.getSessionEndpointVersion())
            .addSessionConfig(settings)
            .registerCatalogCreator(CATALOG, (configuration, classLoader) -> own)
            .setDefaultCatalog(asked.getDefaultCatalog().orElse(CATALOG));
    asked.getSessionName().ifPresent(builder::setSessionName);
    asked.getRegisteredCatalogCreators().forEach(builder::registerCatalogCreator);
    asked.getRegisteredModuleCreators().forEach(builder::registerModuleCreatorAtHead);
    builder.registerModuleCreatorAtHead(
        OrochiModule.NAME, (configuration, classLoader) -> new OrochiModule());
    return builder.build();
  }
}
