package io.orochi.gateway.flight;

import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallInfo;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightServerMiddleware;
import org.apache.arrow.flight.RequestContext;

/**
 * Tells the calls of one connection apart. A client that keeps cookies (the JDBC driver, ADBC) is
 * given one with its first answer; one that does not may send the header {@link #HEADER} instead.
 */
final class SessionCookie implements FlightServerMiddleware {
  static final Key<SessionCookie> KEY = Key.of("orochi-session");
  static final String HEADER = "x-orochi-session";
  private static final String NAME = "orochi_session";
  private static final int LONGEST = 128;

  private final String came;
  private final String given;

  private SessionCookie(String came) {
    this.came = came;
    this.given = came == null ? UUID.randomUUID().toString() : came;
  }

  /** What the client sent; empty on its first call. */
  Optional<String> came() {
    return Optional.ofNullable(came);
  }

  /** What the client will send from its next call on, if it keeps cookies. */
  String given() {
    return given;
  }

  @Override
  public void onBeforeSendingHeaders(CallHeaders outgoing) {
    if (came == null) {
      outgoing.insert("set-cookie", NAME + "=" + given);
    }
  }

  @Override
  public void onCallCompleted(CallStatus status) {}

  @Override
  public void onCallErrored(Throwable failure) {}

  /** Reads the cookie of every call. */
  static final class Factory implements FlightServerMiddleware.Factory<SessionCookie> {
    @Override
    public SessionCookie onCallStarted(
        CallInfo info, CallHeaders incoming, RequestContext context) {
      String header = incoming.get(HEADER);
      return new SessionCookie(header != null ? clip(header) : cookie(incoming));
    }

    private static String cookie(CallHeaders incoming) {
      Iterable<String> lines = incoming.getAll("cookie");
      if (lines == null) {
        return null;
      }
      for (String line : lines) {
        for (String pair : line.split(";")) {
          String[] parts = pair.trim().split("=", 2);
          if (parts.length == 2 && parts[0].equals(NAME) && !parts[1].isEmpty()) {
            return clip(parts[1].replace("\"", ""));
          }
        }
      }
      return null;
    }

    private static String clip(String text) {
      return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
  }
}
