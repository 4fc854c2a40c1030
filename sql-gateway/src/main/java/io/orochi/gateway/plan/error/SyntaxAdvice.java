package io.orochi.gateway.plan.error;

import io.orochi.gateway.plan.sql.SqlToken;
import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What another dialect's spelling is here, for the ones that people bring along. */
final class SyntaxAdvice {
  private static final Set<String> UNITS =
      Set.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND");

  private static final List<String> FIRST_WORDS =
      List.of(
          "ALTER",
          "BEGIN",
          "CALL",
          "COMMIT",
          "CREATE",
          "DELETE",
          "DESCRIBE",
          "DROP",
          "EXPLAIN",
          "INSERT",
          "MERGE",
          "RESET",
          "ROLLBACK",
          "SELECT",
          "SET",
          "SHOW",
          "TRUNCATE",
          "UPDATE",
          "USE",
          "VALUES",
          "WITH");

  private SyntaxAdvice() {}

  /**
   * @param near the text from where reading stopped
   */
  static Optional<String> of(String sql, String near) {
    List<SqlToken> tokens = tokens(sql);
    if (hasIntervalWithUnitInside(tokens)) {
      return Optional.of("The unit stands behind the quotes: INTERVAL '1' DAY.");
    }
    if (near.startsWith("::")) {
      return Optional.of("Write CAST(x AS type).");
    }
    if (near.startsWith("\"")) {
      return Optional.of("Names are put in back-ticks (`name`), texts in single quotes.");
    }
    if (hasDistinctOn(tokens)) {
      return Optional.of(
          "Keep the rows numbered 1 by ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts DESC).");
    }
    Optional<String> foreign = ForeignWords.advice(word(near));
    if (foreign.isPresent() || tokens.isEmpty()) {
      return foreign;
    }
    return firstWord(tokens.get(0).image());
  }

  private static Optional<String> firstWord(String first) {
    boolean known = FIRST_WORDS.contains(first.toUpperCase(Locale.ROOT));
    return known
        ? Optional.empty()
        : NearestName.of(first, FIRST_WORDS)
            .filter(nearest -> nearest.charAt(0) == Character.toUpperCase(first.charAt(0)))
            .map(nearest -> "Did you mean " + nearest + "?");
  }

  private static boolean hasIntervalWithUnitInside(List<SqlToken> tokens) {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      boolean text = tokens.get(i + 1).image().startsWith("'");
      if (tokens.get(i).isWord("INTERVAL") && text) {
        String unit = i + 2 < tokens.size() ? tokens.get(i + 2).image() : "";
        if (!UNITS.contains(unit.toUpperCase(Locale.ROOT))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasDistinctOn(List<SqlToken> tokens) {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).isWord("DISTINCT") && tokens.get(i + 1).isWord("ON")) {
        return true;
      }
    }
    return false;
  }

  /** Empty for what the lexer cannot read. */
  private static List<SqlToken> tokens(String sql) {
    try {
      return SqlToken.of(sql);
    } catch (OrochiException notSql) {
      return List.of();
    }
  }

  private static String word(String near) {
    int end = 0;
    while (end < near.length() && Character.isJavaIdentifierPart(near.charAt(end))) {
      end++;
    }
    return near.substring(0, end);
  }
}
