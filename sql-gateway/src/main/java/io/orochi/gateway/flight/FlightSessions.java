package io.orochi.gateway.flight;

import io.orochi.gateway.session.GatewaySession;
import io.orochi.gateway.session.Sessions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.flink.table.gateway.api.session.SessionEnvironment;
import org.apache.flink.table.gateway.api.session.SessionHandle;
import org.apache.flink.table.gateway.rest.util.SqlGatewayRestAPIVersion;

/**
 * The session of each Flight connection. A call that brings no cookie runs in a session all such
 * calls share and none can change, so clients without cookies cost nothing; a change they ask for
 * happens in a session that ends with the call.
 */
final class FlightSessions {
  private static final String SHARED = "";

  private final Sessions sessions;
  private final Map<String, SessionHandle> byCookie = new ConcurrentHashMap<>();

  FlightSessions(Sessions sessions) {
    this.sessions = sessions;
  }

  /** The session in which a call's statement is understood and its queries run. */
  GatewaySession of(CallContext context) {
    return session(cookie(context).came().orElse(SHARED));
  }

  /** The session in which a call may change settings: its own even on a client's first call. */
  GatewaySession toChange(CallContext context) {
    return session(cookie(context).given());
  }

  void close(CallContext context) {
    cookie(context)
        .came()
        .flatMap(key -> Optional.ofNullable(byCookie.remove(key)))
        .filter(sessions::isOpen)
        .ifPresent(sessions::closeSession);
  }

  private static SessionCookie cookie(CallContext context) {
    return context.getMiddleware(SessionCookie.KEY);
  }

  private GatewaySession session(String key) {
    SessionHandle handle =
        byCookie.compute(
            key, (k, known) -> known != null && sessions.isOpen(known) ? known : open());
    byCookie.values().removeIf(other -> !sessions.isOpen(other));
    return sessions.get(handle);
  }

  private SessionHandle open() {
    return sessions
        .openSession(
            SessionEnvironment.newBuilder()
                .setSessionEndpointVersion(SqlGatewayRestAPIVersion.getDefaultVersion())
                .build())
        .getSessionHandle();
  }
}
