package io.orochi.gateway.flight;

import io.orochi.gateway.insert.ValuesInsert;
import io.orochi.gateway.insert.ValuesStatement;
import io.orochi.gateway.plan.params.StatementParameters;
import io.orochi.gateway.session.GatewaySession;
import io.orochi.gateway.statement.ParsedStatement;
import io.orochi.gateway.statement.StatementKind;
import io.orochi.gateway.statement.arrow.ArrowFields;
import io.orochi.gateway.statement.result.StatementResult;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.catalog.ResolvedSchema;

/** A statement a client has announced, with the values it has bound. Safe between threads. */
final class Prepared {
  private final String sql;
  private final int parameters;
  private final Schema schema;
  private final GatewaySession session;
  private final ResolvedSchema columns;
  private ParsedStatement parsed;
  private StatementResult answer;
  private List<Object> values = List.of();
  private ValuesStatement insert;

  /**
   * @param parsed with null for each parameter
   * @param answer null if the statement was not run to learn its columns
   */
  Prepared(
      String sql,
      Schema schema,
      GatewaySession session,
      ParsedStatement parsed,
      StatementResult answer) {
    this.sql = sql;
    this.parameters = parameterCount(sql);
    this.schema = schema;
    this.session = session;
    // values change what a statement with parameters is
    this.parsed = parameters == 0 ? parsed : null;
    this.columns = parsed.kind() == StatementKind.QUERY ? parsed.schema().orElseThrow() : null;
    this.answer = answer;
  }

  /** An INSERT that needs no plan. */
  static Prepared insert(
      String sql, Schema schema, GatewaySession session, ValuesStatement statement) {
    ValuesInsert unbound = new ValuesInsert(statement, List.of());
    Prepared prepared =
        new Prepared(
            sql, schema, session, new ParsedStatement(sql, unbound, StatementKind.UPDATE), null);
    prepared.insert = statement;
    return prepared;
  }

  /** Null for all other statements. */
  ValuesStatement insert() {
    return insert;
  }

  /** Most statements have none and need not be parsed to know it. */
  static int parameterCount(String sql) {
    return sql.indexOf('?') < 0 ? 0 : StatementParameters.parameterCount(sql);
  }

  /** Empty for a statement that returns no rows. */
  Schema schema() {
    return schema;
  }

  synchronized void bind(List<Object> newValues) {
    values = Collections.unmodifiableList(new ArrayList<>(newValues));
  }

  /** Null if there are no columns to tell before it runs. */
  ResolvedSchema columns() {
    return columns;
  }

  /** Whether it only reads. */
  boolean isQuery() {
    return columns != null;
  }

  boolean isQueryWithParameters() {
    return parameters > 0 && isQuery();
  }

  String sql() {
    return sql;
  }

  synchronized List<Object> values() {
    return values;
  }

  /** How the statement is listed while it runs: a query with its {@code ?}. */
  String shownSql() {
    return isQueryWithParameters() ? sql : boundSql();
  }

  /** The statement with the values bound last. */
  synchronized String boundSql() {
    return parameters == 0 ? sql : StatementParameters.bind(sql, values);
  }

  String boundSql(List<Object> row) {
    return parameters == 0 ? sql : StatementParameters.bind(sql, row);
  }

  /** What the parser made of it, once, and only for the session it was parsed in. */
  synchronized Optional<ParsedStatement> takeParsed(GatewaySession runner) {
    ParsedStatement taken = runner == session ? parsed : null;
    parsed = null;
    return Optional.ofNullable(taken);
  }

  /**
   * Holds a result against the columns the client was told, which it reads the rows by. With
   * parameters their types decide, which are known later.
   *
   * @throws OrochiException TABLE_CHANGED if there are other columns by now; the result is closed
   */
  void requireAnnounced(StatementResult result) {
    if (parameters == 0 && columns != null && !ArrowFields.schema(result.schema()).equals(schema)) {
      result.close();
      throw OrochiException.of(
              OrochiErrorCode.TABLE_CHANGED,
              "Cannot run this statement: the columns of its result have just been changed")
          .withDetail("They were %s and are %s.".formatted(columns, result.schema()))
          .withHint("Prepare it again.");
    }
  }

  /** The rows that were made to learn the columns, once. */
  synchronized Optional<StatementResult> takeAnswer() {
    StatementResult taken = answer;
    answer = null;
    return Optional.ofNullable(taken);
  }

  void close() {
    takeAnswer().ifPresent(StatementResult::close);
  }
}
