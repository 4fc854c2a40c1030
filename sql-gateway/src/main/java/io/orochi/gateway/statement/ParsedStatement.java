package io.orochi.gateway.statement;

import java.util.Optional;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.QueryOperation;

/** A statement Flink's parser has understood, in the environment that will run it. */
public record ParsedStatement(String sql, Operation operation, StatementKind kind) {
  /** The columns of the result if they are known before it runs: a query's. */
  public Optional<ResolvedSchema> schema() {
    return operation instanceof QueryOperation query
        ? Optional.of(query.getResolvedSchema())
        : Optional.empty();
  }
}
