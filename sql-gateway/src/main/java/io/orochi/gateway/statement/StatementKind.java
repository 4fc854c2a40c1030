package io.orochi.gateway.statement;

import java.util.List;
import org.apache.flink.table.operations.ExplainOperation;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.QueryOperation;
import org.apache.flink.table.operations.ShowOperation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.operations.command.SetOperation;

/** What a client may expect of a statement before it runs. */
public enum StatementKind {
  /** Rows of an engine. */
  QUERY,
  /** One text. */
  EXPLAIN,
  /** A count of rows. */
  UPDATE,
  /** Rows of SHOW, DESCRIBE, CALL and the like. */
  ANSWER,
  /** Nothing but success. */
  COMMAND;

  private static final List<String> ANSWERING =
      List.of("SHOW", "DESCRIBE", "DESC", "CALL", "ANALYZE");

  static StatementKind of(Operation operation, String sql) {
    if (operation instanceof QueryOperation) {
      return QUERY;
    } else if (operation instanceof ExplainOperation) {
      return EXPLAIN;
    } else if (operation instanceof ModifyOperation || operation instanceof StatementSetOperation) {
      return UPDATE;
    } else if (operation instanceof ShowOperation || isBareSet(operation)) {
      return ANSWER;
    }
    String start = sql.stripLeading();
    return ANSWERING.stream().anyMatch(word -> startsWithWord(start, word)) ? ANSWER : COMMAND;
  }

  private static boolean isBareSet(Operation operation) {
    return operation instanceof SetOperation set && set.getKey().isEmpty();
  }

  private static boolean startsWithWord(String text, String word) {
    return text.regionMatches(true, 0, word, 0, word.length())
        && (text.length() == word.length()
            || !Character.isJavaIdentifierPart(text.charAt(word.length())));
  }
}
