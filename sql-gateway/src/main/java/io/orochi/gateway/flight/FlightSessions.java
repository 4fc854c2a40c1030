package io.orochi.gateway.flight;

import io.orochi.gateway.session.GatewaySession;
import io.orochi.gateway.session.Sessions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.flink.table.gateway.api.session.SessionEnvironment;
import org.apache.flink.table.gateway.api.session.SessionHandle;
import org.apache.flink.table.gateway.rest.util.SqlGatewayRestAPIVersion;

/**
 * The session of each Flight connection. A call that brings no cookie runs in a session all such
 * calls share and none can change, so clients without cookies cost nothing; a change they ask for
 * happens in a session that ends with the call.
 *
 * <p>A connection whose session was closed because nobody used it gets a new one. If it had changed
 * anything (SET, USE) it is told so by one error first: its statements would otherwise run with
 * other settings, or in another database, without anybody noticing.
 */
final class FlightSessions {
  private static final String SHARED = "";
  private static final int MOST_REMEMBERED = 10_000;

  private final Sessions sessions;
  private final Map<String, SessionHandle> byCookie = new ConcurrentHashMap<>();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();

  FlightSessions(Sessions sessions) {
    this.sessions = sessions;
  }

  /**
   * The session in which a call's statement is understood and its queries run.
   *
   * @throws io.orochi.table.error.OrochiException SESSION_NOT_FOUND once, if it was idle too long
   */
  GatewaySession of(CallContext context) {
    return session(cookie(context).came().orElse(SHARED));
  }

  /** The session in which a call may change settings: its own even on a client's first call. */
  GatewaySession toChange(CallContext context) {
    String key = cookie(context).given();
    GatewaySession session = session(key);
    changed.add(key);
    return session;
  }

  /** Whether a call runs in the session that all calls without a cookie share. */
  boolean isShared(CallContext context) {
    return cookie(context).came().isEmpty();
  }

  void close(CallContext context) {
    cookie(context)
        .came()
        .flatMap(this::forget)
        .filter(sessions::isOpen)
        .ifPresent(sessions::closeSession);
  }

  private static SessionCookie cookie(CallContext context) {
    return context.getMiddleware(SessionCookie.KEY);
  }

  private GatewaySession session(String key) {
    SessionHandle last = byCookie.get(key);
    if (last != null && sessions.isOpen(last)) {
      return sessions.get(last);
    }
    SessionHandle handle =
        byCookie.compute(
            key, (k, known) -> known != null && sessions.isOpen(known) ? known : renewed(k, known));
    byCookie.entrySet().removeIf(this::isForgotten);
    return sessions.get(handle);
  }

  /** What was changed stays lost: only the first call after that fails. */
  private SessionHandle renewed(String key, SessionHandle lost) {
    return changed.remove(key) ? lost : open();
  }

  private boolean isForgotten(Map.Entry<String, SessionHandle> entry) {
    return !sessions.isOpen(entry.getValue())
        && (changed.size() > MOST_REMEMBERED || !changed.contains(entry.getKey()));
  }

  private Optional<SessionHandle> forget(String key) {
    changed.remove(key);
    return Optional.ofNullable(byCookie.remove(key));
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
