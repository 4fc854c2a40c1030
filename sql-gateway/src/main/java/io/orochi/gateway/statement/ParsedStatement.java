package io.orochi.gateway.statement;

import io.orochi.gateway.plan.cache.CachedPlan;
import io.orochi.gateway.plan.cache.PlanSource;
import io.orochi.gateway.plan.params.StatementParameters;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.QueryOperation;

/**
 * A statement that was understood.
 *
 * @param operation what Flink's parser made of it in the environment that will run it; null for a
 *     query whose plan was known before
 */
public record ParsedStatement(
    String sql, Operation operation, StatementKind kind, PlanSource source) {
  public ParsedStatement {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(source);
  }

  public ParsedStatement(String sql, Operation operation, StatementKind kind) {
    this(sql, operation, kind, new PlanSource.Own());
  }

  /** The columns of the result if they are known before it runs: a query's. */
  public Optional<ResolvedSchema> schema() {
    Optional<CachedPlan> kept = source.kept();
    if (kept.isPresent()) {
      return kept.map(CachedPlan::schema);
    }
    return operation instanceof QueryOperation query
        ? Optional.of(query.getResolvedSchema())
        : Optional.empty();
  }

  /** The statement with literals in place of its {@code ?}. */
  String boundSql() {
    return source
        .boundValues()
        .filter(values -> StatementParameters.parameterCount(sql) > 0)
        .map(values -> StatementParameters.bind(sql, values))
        .orElse(sql);
  }
}
