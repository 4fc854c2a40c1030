package io.orochi.gateway.transaction;

import io.orochi.catalog.transaction.TransactionIsolation;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.Optional;

/**
 * The statements about transactions, which Flink's parser does not know:
 *
 * <pre>
 * BEGIN [TRANSACTION | WORK] [ISOLATION LEVEL level]
 * START TRANSACTION [ISOLATION LEVEL level]
 * COMMIT [TRANSACTION | WORK]
 * ROLLBACK [TRANSACTION | WORK]
 * </pre>
 *
 * <p>{@code level} is READ COMMITTED, SNAPSHOT or SERIALIZABLE; PostgreSQL's READ UNCOMMITTED and
 * REPEATABLE READ mean the first and the second. {@code BEGIN STATEMENT SET} is Flink's.
 */
public final class TransactionParser {
  private static final TransactionIsolation STANDARD = TransactionIsolation.SNAPSHOT;

  private TransactionParser() {}

  /**
   * Empty if the text is another kind of statement.
   *
   * @throws OrochiException SQL_SYNTAX, STATEMENT_NOT_SUPPORTED for savepoints
   */
  public static Optional<TransactionCommand> parse(String sql) {
    List<String> words = Words.of(sql);
    if (words.isEmpty() || isStatementSet(words)) {
      return Optional.empty();
    }
    return switch (words.get(0)) {
      case "BEGIN" -> Optional.of(begin(afterNoise(words)));
      case "START" ->
          words.size() > 1 && words.get(1).equals("TRANSACTION")
              ? Optional.of(begin(afterNoise(words)))
              : Optional.empty();
      case "COMMIT" -> Optional.of(end(words, new TransactionCommand.Commit()));
      case "ROLLBACK" -> Optional.of(end(words, new TransactionCommand.Rollback()));
      case "SAVEPOINT", "RELEASE" -> throw savepoint();
      default -> Optional.empty();
    };
  }

  private static boolean isStatementSet(List<String> words) {
    return words.size() > 1 && words.get(0).equals("BEGIN") && words.get(1).equals("STATEMENT");
  }

  private static TransactionCommand begin(List<String> rest) {
    if (rest.isEmpty()) {
      return new TransactionCommand.Begin(STANDARD);
    }
    if (rest.size() < 3 || !rest.get(0).equals("ISOLATION") || !rest.get(1).equals("LEVEL")) {
      throw unexpected(rest.get(0), "ISOLATION LEVEL or the end of the statement");
    }
    String level = String.join(" ", rest.subList(2, rest.size()));
    return new TransactionCommand.Begin(
        switch (level) {
          case "READ COMMITTED", "READ UNCOMMITTED" -> TransactionIsolation.READ_COMMITTED;
          case "SNAPSHOT", "REPEATABLE READ" -> TransactionIsolation.SNAPSHOT;
          case "SERIALIZABLE" -> TransactionIsolation.SERIALIZABLE;
          default -> throw unexpected(level, "READ COMMITTED, SNAPSHOT or SERIALIZABLE");
        });
  }

  private static TransactionCommand end(List<String> words, TransactionCommand command) {
    List<String> rest = afterNoise(words);
    if (!rest.isEmpty() && rest.get(0).equals("TO")) {
      throw savepoint();
    }
    if (!rest.isEmpty()) {
      throw unexpected(rest.get(0), "the end of the statement");
    }
    return command;
  }

  private static List<String> afterNoise(List<String> words) {
    boolean noise =
        words.size() > 1 && (words.get(1).equals("TRANSACTION") || words.get(1).equals("WORK"));
    return words.subList(noise ? 2 : 1, words.size());
  }

  private static OrochiException unexpected(String found, String expected) {
    return OrochiException.of(OrochiErrorCode.SQL_SYNTAX, "Cannot read " + found)
        .withDetail("Expected " + expected + ".")
        .withHint("BEGIN [ISOLATION LEVEL READ COMMITTED | SNAPSHOT | SERIALIZABLE]");
  }

  static OrochiException savepoint() {
    return OrochiException.of(
            OrochiErrorCode.STATEMENT_NOT_SUPPORTED, "Cannot set or use savepoints")
        .withDetail("A transaction is committed or rolled back as a whole.")
        .withHint("Commit what shall stay, then BEGIN again.");
  }
}
