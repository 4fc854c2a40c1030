package io.orochi.gateway.statement;

import io.orochi.gateway.explain.ExplainedChange;
import io.orochi.gateway.statement.result.StatementResult;
import io.orochi.gateway.statement.running.RunningStatement;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.gateway.service.result.ResultFetcher;

/**
 * EXPLAIN: a query or a change is explained by the planner that would run it, the rest by Flink.
 *
 * @param flink what runs what Flink explains
 */
record ExplainRunner(Explanations explanations, ChangeExplanations changes, StatementRunner flink)
    implements StatementRunner {
  @Override
  public StatementResult run(RunningStatement statement, ParsedStatement parsed) throws Exception {
    Optional<String> text =
        parsed.operation() instanceof ExplainedChange change
            ? Optional.of(changes.of(statement, change))
            : explanations.of(statement, parsed);
    if (text.isEmpty()) {
      return flink.run(statement, parsed);
    }
    statement.finish();
    return new StatementResult.OfCommand(
        ResultFetcher.fromResults(
            statement.handle(),
            ResolvedSchema.of(Column.physical("result", DataTypes.STRING())),
            List.of(GenericRowData.of(StringData.fromString(text.get())))));
  }
}
