package io.orochi.gateway.statement;

import io.orochi.gateway.statement.result.StatementResult;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Understands a statement anew when the columns of a table have changed before it was planned. A
 * column may come at any time, so a statement that is right before and after must not fail.
 */
final class Replanning {
  private static final Logger LOG = LoggerFactory.getLogger(Replanning.class);
  private static final int ATTEMPTS = 10;

  private Replanning() {}

  /** Plans and runs a statement. */
  @FunctionalInterface
  interface Attempt {
    StatementResult run(ParsedStatement parsed) throws Exception;
  }

  /**
   * @param again understands the statement with the columns of now
   * @throws OrochiException TABLE_CHANGED if they change each time
   */
  static StatementResult run(
      ParsedStatement parsed, Supplier<ParsedStatement> again, Attempt attempt) throws Exception {
    ParsedStatement current = parsed;
    for (int made = 1; ; made++) {
      try {
        return attempt.run(current);
      } catch (RuntimeException failure) {
        if (made == ATTEMPTS || !tableChanged(failure)) {
          throw failure;
        }
        LOG.info("A statement is understood anew: {}", failure.getMessage());
        current = again.get();
      }
    }
  }

  /** Parses a statement, which loads some tables already. */
  static ParsedStatement parse(Supplier<ParsedStatement> parse) {
    for (int made = 1; ; made++) {
      try {
        return parse.get();
      } catch (RuntimeException failure) {
        if (made == ATTEMPTS || !tableChanged(failure)) {
          throw failure;
        }
      }
    }
  }

  private static boolean tableChanged(RuntimeException failure) {
    return OrochiException.findIn(failure)
        .filter(found -> found.code() == OrochiErrorCode.TABLE_CHANGED)
        .isPresent();
  }
}
