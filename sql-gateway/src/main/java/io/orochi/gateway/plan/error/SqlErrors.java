package io.orochi.gateway.plan.error;

import io.orochi.gateway.plan.sql.Parsing;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Optional;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.flink.table.api.SqlParserEOFException;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what Flink's parser and validator throw into coded errors. */
public final class SqlErrors {
  private static final Logger LOG = LoggerFactory.getLogger(SqlErrors.class);
  private static final int DEEPEST_CAUSE = 64;

  private SqlErrors() {}

  /** Never null; an OrochiException among the causes is returned as it is. */
  public static OrochiException translate(Throwable failure, String sql) {
    return translate(failure, sql, KnownNames.NONE);
  }

  /**
   * The same, able to say which name was probably meant.
   *
   * @param names those in reach; asked only if one was not found
   */
  public static OrochiException translate(Throwable failure, String sql, KnownNames names) {
    return OrochiException.findIn(failure)
        .orElseGet(() -> known(failure, sql, names).causedBy(failure));
  }

  /**
   * @param message what the JVM says was used up
   */
  public static OrochiException heapExhausted(String message) {
    return OrochiException.of(
            OrochiErrorCode.HEAP_EXHAUSTED,
            "Cannot run the statement: the server's Java heap is used up")
        .withDetail(message)
        .withHint("Read or write less at a time, or start the server with a larger heap (-Xmx).");
  }

  private static OrochiException known(Throwable failure, String sql, KnownNames names) {
    Optional<OutOfMemoryError> memory = find(failure, OutOfMemoryError.class);
    if (memory.isPresent()) {
      return heapExhausted(String.valueOf(memory.get().getMessage()));
    }
    if (isTooDeep(failure, sql)) {
      return OrochiException.of(
              OrochiErrorCode.SQL_INVALID, "Cannot plan the statement: it is nested too deeply")
          .withHint("Split it, or put intermediate results in a table.");
    }
    Optional<SqlParseException> syntax = find(failure, SqlParseException.class);
    if (syntax.isPresent()) {
      return SyntaxErrors.of(syntax.get(), sql);
    }
    if (find(failure, SqlParserEOFException.class).isPresent()) {
      return OrochiException.of(
              OrochiErrorCode.SQL_SYNTAX, "Cannot read the statement: it ends too early")
          .withHint("Close every quote and parenthesis.");
    }
    Optional<CalciteContextException> context = find(failure, CalciteContextException.class);
    if (context.isPresent()) {
      return CallErrors.of(root(context.get()).getMessage(), sql)
          .orElseGet(() -> InvalidNames.of(context.get(), names));
    }
    return inCatalog(failure, names).orElseGet(() -> invalid(failure, names));
  }

  private static Optional<OrochiException> inCatalog(Throwable failure, KnownNames names) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < DEEPEST_CAUSE; t = t.getCause(), depth++) {
      Optional<OrochiException> found = CatalogErrors.of(t, names);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Flink's parser hides an overflow behind a NullPointerException: reading again tells. */
  private static boolean isTooDeep(Throwable failure, String sql) {
    if (find(failure, StackOverflowError.class).isPresent()) {
      return true;
    }
    if (!(failure instanceof NullPointerException)) {
      return false;
    }
    try {
      Parsing.parse(sql);
      return false;
    } catch (SqlParseException | StackOverflowError again) {
      return root(again) instanceof StackOverflowError;
    }
  }

  private static OrochiException invalid(Throwable failure, KnownNames names) {
    LOG.debug("Cannot plan a statement", failure);
    Throwable told =
        find(failure, ValidationException.class)
            .map(Throwable.class::cast)
            .or(() -> find(failure, TableException.class))
            .orElse(failure);
    String text = Texts.firstSentence(told.getMessage());
    Throwable root = root(told);
    return MissingRelations.of(text, names)
        .or(() -> MissingRelations.of(Texts.firstSentence(root.getMessage()), names))
        .or(() -> MissingNames.of(String.valueOf(root.getMessage()), names))
        .orElseGet(() -> unplanned(told, text));
  }

  private static OrochiException unplanned(Throwable told, String text) {
    OrochiException error =
        PlanningAdvice.of(text)
            .orElseGet(
                () ->
                    OrochiException.of(
                        OrochiErrorCode.SQL_INVALID, "Cannot plan the statement: " + text));
    Throwable root = root(told);
    String cause = Texts.firstSentence(root.getMessage());
    if (root == told || cause.equals(text)) {
      return Texts.secondSentence(told.getMessage()).map(error::withDetail).orElse(error);
    }
    return error.withDetail(cause);
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < DEEPEST_CAUSE; depth++) {
      root = root.getCause();
    }
    return root;
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < DEEPEST_CAUSE; t = t.getCause(), depth++) {
      if (kind.isInstance(t)) {
        return Optional.of(kind.cast(t));
      }
    }
    return Optional.empty();
  }

  /** The first line of what went wrong first. */
  public static String reason(Throwable failure) {
    return Texts.firstSentence(root(failure).getMessage());
  }

  /** The line and column of an offset in a statement. */
  static String at(String sql, int offset) {
    String before = sql.substring(0, offset);
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return "line " + line + ", column " + (offset - before.lastIndexOf('\n'));
  }

  static String at(SqlParserPos position) {
    return "line " + position.getLineNum() + ", column " + position.getColumnNum();
  }
}
