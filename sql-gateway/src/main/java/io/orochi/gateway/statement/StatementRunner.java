package io.orochi.gateway.statement;

import io.orochi.gateway.statement.result.StatementResult;
import io.orochi.gateway.statement.running.RunningStatement;

/** Runs the statements of one kind in one session. */
@FunctionalInterface
interface StatementRunner {
  /** Runs a statement up to its first rows; the statement finishes with its result. */
  StatementResult run(RunningStatement statement, ParsedStatement parsed) throws Exception;
}
