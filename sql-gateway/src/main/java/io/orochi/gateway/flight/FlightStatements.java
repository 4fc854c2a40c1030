package io.orochi.gateway.flight;

import io.orochi.gateway.insert.ValuesInsert;
import io.orochi.gateway.insert.ValuesStatement;
import io.orochi.gateway.plan.params.StatementParameters;
import io.orochi.gateway.plan.params.TypedMarks;
import io.orochi.gateway.session.GatewaySession;
import io.orochi.gateway.statement.ParsedStatement;
import io.orochi.gateway.statement.StatementExecutor;
import io.orochi.gateway.statement.StatementKind;
import io.orochi.gateway.statement.arrow.ArrowFields;
import io.orochi.gateway.statement.result.StatementResult;
import io.orochi.gateway.statement.running.RunningStatement;
import io.orochi.gateway.statement.running.Statements;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.gateway.api.operation.OperationHandle;
import org.apache.flink.table.types.logical.LogicalType;

/** The statements Flight clients have announced, and how they are understood and run. */
final class FlightStatements {
  private static final Schema NO_ROWS = new Schema(List.of());
  private static final int MOST_ANNOUNCED = 10_000;

  private final FlightSessions sessions;
  private final Statements statements;
  private final ResultStreams streams;
  private final Map<String, OperationHandle> running = new ConcurrentHashMap<>();
  private final Map<String, Prepared> announced =
      Collections.synchronizedMap(new LinkedHashMap<>());

  FlightStatements(FlightSessions sessions, Statements statements, ResultStreams streams) {
    this.sessions = sessions;
    this.statements = statements;
    this.streams = streams;
  }

  /** A statement that is understood, by the name its client will call it. */
  record Announced(String handle, Schema schema, Schema parameters) {}

  /**
   * Understands a statement. One that answers without an engine (SHOW, CALL, EXPLAIN) is run here,
   * because Flight wants to know the columns now.
   */
  Announced announce(CallContext context, String sql) {
    int parameters = Prepared.parameterCount(sql);
    GatewaySession session = sessions.of(context);
    StatementExecutor executor = session.createOperationExecutor(new Configuration());
    Optional<Announced> insert = parameters == 0 ? Optional.empty() : announceInsert(session, sql);
    if (insert.isPresent()) {
      return insert.get();
    }
    Understood understood = understand(executor, sql, parameters);
    ParsedStatement parsed = understood.parsed();
    StatementResult answer = null;
    Schema schema = NO_ROWS;
    if (parsed.kind() == StatementKind.QUERY) {
      schema = ArrowFields.schema(parsed.schema().orElseThrow());
    } else if (parsed.kind() == StatementKind.ANSWER || parsed.kind() == StatementKind.EXPLAIN) {
      answer = executor.run(executor.begin(OperationHandle.create(), parsed.sql()), parsed);
      schema = ArrowFields.schema(answer.schema());
    }
    Prepared prepared = new Prepared(understood.sql(), schema, session, parsed, answer);
    return new Announced(remember(prepared), schema, ParameterFields.schema(understood.types()));
  }

  /**
   * @param sql what the values are bound to
   * @param parsed with null for each parameter
   */
  private record Understood(String sql, ParsedStatement parsed, List<LogicalType> types) {}

  private static Understood understand(StatementExecutor executor, String sql, int parameters) {
    Optional<TypedMarks> merge =
        parameters == 0 ? Optional.empty() : executor.parser().mergeParameters(sql);
    if (merge.isPresent()) {
      return typed(executor, merge.get());
    }
    ParsedStatement parsed;
    try {
      parsed = executor.parser().parse(withNulls(sql, parameters));
    } catch (OrochiException refused) {
      if (parameters == 0 || refused.code() != OrochiErrorCode.SQL_INVALID) {
        throw refused;
      }
      return typed(
          executor, executor.parser().typedParameters(sql, parameters).orElseThrow(() -> refused));
    }
    return new Understood(sql, parsed, executor.parser().parameterTypes(sql, parameters, parsed));
  }

  private static Understood typed(StatementExecutor executor, TypedMarks marks) {
    ParsedStatement parsed = executor.parser().parse(withNulls(marks.sql(), marks.types().size()));
    return new Understood(marks.sql(), parsed, marks.types());
  }

  /** Empty for what has to be planned. */
  private Optional<Announced> announceInsert(GatewaySession session, String sql) {
    StatementExecutor executor = session.createOperationExecutor(new Configuration());
    return ValuesStatement.parse(sql)
        .flatMap(
            statement ->
                executor
                    .parser()
                    .parameterTypes(statement)
                    .map(
                        types ->
                            new Announced(
                                remember(Prepared.insert(sql, NO_ROWS, session, statement)),
                                NO_ROWS,
                                ParameterFields.schema(types))));
  }

  Prepared find(String handle) {
    Prepared prepared = announced.get(handle);
    if (prepared == null) {
      throw OrochiException.of(
              OrochiErrorCode.SQL_INVALID, "There is no prepared statement " + handle)
          .withHint("Prepare the statement again.");
    }
    return prepared;
  }

  void forget(String handle) {
    Prepared prepared = announced.remove(handle);
    if (prepared != null) {
      prepared.close();
    }
  }

  /** Runs a query or takes its answer, and sends the rows; returns at once. */
  void stream(CallContext context, String handle, ServerStreamListener listener) {
    Prepared prepared = find(handle);
    GatewaySession session = sessions.of(context);
    StatementExecutor executor = session.createOperationExecutor(new Configuration());
    OperationHandle operation = OperationHandle.create();
    RunningStatement statement = executor.begin(operation, prepared.shownSql());
    running.put(handle, operation);
    // taken here and not on the stream's thread: the caller may forget the statement meanwhile, and
    // a procedure must not run again for rows it has made
    Optional<StatementResult> answer = prepared.takeAnswer();
    Function<RunningStatement, StatementResult> run =
        started -> {
          started.onFinished(() -> running.remove(handle, operation));
          return answer.orElseGet(() -> run(prepared, started, session, executor));
        };
    if (prepared.isQuery()) {
      streams.sendOrGiveUp(statement, run, listener);
    } else {
      streams.send(statement, run, listener);
    }
  }

  private static StatementResult run(
      Prepared prepared,
      RunningStatement statement,
      GatewaySession session,
      StatementExecutor executor) {
    if (prepared.isQueryWithParameters()) {
      return executor.run(
          statement,
          () -> executor.parser().bind(prepared.sql(), prepared.values(), prepared.columns()));
    }
    Optional<ParsedStatement> parsed = prepared.takeParsed(session);
    StatementResult result =
        parsed.isPresent() ? executor.run(statement, parsed.get()) : executor.run(statement);
    prepared.requireAnnounced(result);
    return result;
  }

  /** Runs a change for each row of parameters; all of them are one commit. */
  long update(CallContext context, Prepared prepared, List<List<Object>> rows) {
    List<List<Object>> bound = rows.isEmpty() ? List.of(List.of()) : rows;
    if (prepared.insert() != null) {
      GatewaySession session = sessions.of(context);
      ValuesInsert insert = new ValuesInsert(prepared.insert(), bound);
      if (bound.size() == 1
          || session.createOperationExecutor(new Configuration()).parser().isPlain(insert)) {
        return run(session, new ParsedStatement(prepared.sql(), insert, StatementKind.UPDATE));
      }
    }
    List<String> changes = bound.stream().map(prepared::boundSql).toList();
    return sessions.isShared(context)
        ? changes.stream().mapToLong(sql -> update(context, sql)).sum()
        : new ChangeBatch(sessions.of(context), sql -> update(context, sql)).run(changes);
  }

  private static long run(GatewaySession session, ParsedStatement change) {
    StatementExecutor executor = session.createOperationExecutor(new Configuration());
    try (StatementResult result =
        executor.run(executor.begin(OperationHandle.create(), change.sql()), change)) {
      return Math.max(0, result.changedRows());
    }
  }

  /** Runs a change to its end. */
  long update(CallContext context, String sql) {
    GatewaySession asking = sessions.of(context);
    StatementExecutor executor = asking.createOperationExecutor(new Configuration());
    ParsedStatement parsed = executor.parser().parse(sql);
    if (parsed.kind() == StatementKind.COMMAND) {
      GatewaySession own = sessions.toChange(context);
      executor = own.createOperationExecutor(new Configuration());
      parsed = own == asking ? parsed : executor.parser().parse(sql);
    }
    try (StatementResult result =
        executor.run(executor.begin(OperationHandle.create(), sql), parsed)) {
      return Math.max(0, result.changedRows());
    }
  }

  /** False if nothing of that name runs. */
  boolean cancel(String handle) {
    OperationHandle operation = running.get(handle);
    return operation != null && statements.cancel(operation);
  }

  private static String withNulls(String sql, int parameters) {
    return parameters == 0
        ? sql
        : StatementParameters.bind(sql, Collections.nCopies(parameters, null));
  }

  /** Clients that never close what they prepare lose their oldest. */
  private String remember(Prepared prepared) {
    String handle = UUID.randomUUID().toString();
    announced.put(handle, prepared);
    if (announced.size() > MOST_ANNOUNCED) {
      synchronized (announced) {
        announced.keySet().stream().findFirst().ifPresent(this::forget);
      }
    }
    return handle;
  }
}
