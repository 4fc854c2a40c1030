package io.orochi.gateway.flight;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.arrow.flight.GetSessionOptionsResult;
import org.apache.arrow.flight.SessionOptionValue;
import org.apache.arrow.flight.SessionOptionValueFactory;
import org.apache.arrow.flight.SessionOptionValueVisitor;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.SetSessionOptionsResult.ErrorValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flight's session options as the statements they stand for: USE and SET. */
final class SessionOptions {
  private static final Logger LOG = LoggerFactory.getLogger(SessionOptions.class);
  private static final String CATALOG = "catalog";
  private static final String SCHEMA = "schema";

  private final FlightSessions sessions;
  private final FlightStatements statements;

  SessionOptions(FlightSessions sessions, FlightStatements statements) {
    this.sessions = sessions;
    this.statements = statements;
  }

  SetSessionOptionsResult set(SetSessionOptionsRequest request, CallContext context) {
    Map<String, SetSessionOptionsResult.Error> errors = new HashMap<>();
    Map<String, SessionOptionValue> asked = new HashMap<>(request.getSessionOptions());
    for (String first : List.of(CATALOG, SCHEMA)) {
      if (asked.containsKey(first)) {
        set(first, asked.remove(first), context, errors);
      }
    }
    asked.forEach((name, value) -> set(name, value, context, errors));
    return new SetSessionOptionsResult(errors);
  }

  private void set(
      String name,
      SessionOptionValue value,
      CallContext context,
      Map<String, SetSessionOptionsResult.Error> errors) {
    try {
      statements.update(context, statement(name, value.acceptVisitor(new AsText())));
    } catch (RuntimeException refused) {
      LOG.debug("Session option {} refused", name, refused);
      errors.put(name, new SetSessionOptionsResult.Error(reason(refused)));
    }
  }

  GetSessionOptionsResult get(CallContext context) {
    Map<String, SessionOptionValue> options = new HashMap<>();
    var session = sessions.of(context);
    session
        .getSessionConf()
        .toMap()
        .forEach(
            (name, value) -> {
              if (name.startsWith("orochi.")) {
                options.put(name, SessionOptionValueFactory.makeSessionOptionValue(value));
              }
            });
    var catalogs = session.getSessionState().catalogManager;
    options.put(
        CATALOG, SessionOptionValueFactory.makeSessionOptionValue(catalogs.getCurrentCatalog()));
    options.put(
        SCHEMA, SessionOptionValueFactory.makeSessionOptionValue(catalogs.getCurrentDatabase()));
    return new GetSessionOptionsResult(options);
  }

  void close(CallContext context) {
    sessions.close(context);
  }

  private static String statement(String name, String value) {
    return switch (name) {
      case CATALOG -> "USE CATALOG " + quoted(value);
      case SCHEMA -> "USE " + quoted(value);
      default ->
          value == null
              ? "RESET " + literal(name)
              : "SET " + literal(name) + " = " + literal(value);
    };
  }

  private static String quoted(String name) {
    return '`' + name.replace("`", "``") + '`';
  }

  private static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  private static ErrorValue reason(RuntimeException refused) {
    OrochiErrorCode code =
        OrochiException.findIn(refused)
            .map(OrochiException::code)
            .orElse(OrochiErrorCode.INTERNAL_ERROR);
    if (code == OrochiErrorCode.UNKNOWN_SETTING) {
      return ErrorValue.INVALID_NAME;
    }
    return code == OrochiErrorCode.INVALID_SETTING_VALUE
        ? ErrorValue.INVALID_VALUE
        : ErrorValue.ERROR;
  }

  /** A value as SET takes it; null for a value that is to be reset. */
  private static final class AsText implements SessionOptionValueVisitor<String> {
    @Override
    public String visit(String value) {
      return value;
    }

    @Override
    public String visit(boolean value) {
      return Boolean.toString(value);
    }

    @Override
    public String visit(long value) {
      return Long.toString(value);
    }

    @Override
    public String visit(double value) {
      return Double.toString(value);
    }

    @Override
    public String visit(String[] value) {
      return String.join(";", Arrays.asList(value));
    }

    @Override
    public String visit(Void value) {
      return null;
    }
  }
}
