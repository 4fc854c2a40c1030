package io.orochi.gateway.statement;

import io.orochi.gateway.plan.QuerySettings;
import java.util.Map;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.gateway.service.context.SessionContext;

/** What the runner of a statement knows of its session. */
interface StatementSession {
  SessionContext context();

  /** The session's, with those of the statement alone. */
  Map<String, String> settings();

  /** Those of them that planning may look at. */
  Map<String, String> planningSettings();

  TableEnvironmentInternal newEnvironment();

  /** An environment as the session would have with one more setting, which it does not keep. */
  TableEnvironmentInternal newEnvironment(String key, String value);

  QuerySettings querySettings(TableEnvironmentInternal environment);

  StatementParser parser();
}
