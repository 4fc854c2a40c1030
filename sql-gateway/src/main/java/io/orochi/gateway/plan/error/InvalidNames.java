package io.orochi.gateway.plan.error;

import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.runtime.CalciteContextException;

/** What the validator says about names and types, with the place and what may help. */
final class InvalidNames {
  private static final String NO_FUNCTION = "No match found for function signature ";
  private static final List<String> NO_COLUMN = List.of("Column '", "Unknown target column '");

  /** By what a message contains. */
  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("' is ambiguous", "Write the table's name or alias and a point before it."),
          Map.entry("is not being grouped", "Add it to GROUP BY, or aggregate it, as in MAX(x)."),
          Map.entry("Table '", "Write the name or alias that the FROM clause gives the table."),
          Map.entry("Cannot apply '", "CAST an operand to a type the operator takes."),
          Map.entry(
              "Aggregate expressions cannot be nested", "Compute the inner one in a subquery."),
          Map.entry("Column count mismatch", "Select as many columns on both sides."),
          Map.entry("Numeric literal '", "CAST a text to a DECIMAL of up to 38 digits."),
          Map.entry("Duplicate relation name '", "Give one of them another alias."),
          Map.entry("Illegal use of 'NULL'", "CAST it, also a parameter: CAST(? AS INT)."),
          Map.entry("system time period", "Write TIMESTAMP '2026-11-21 10:00:00'."),
          Map.entry("WITHIN GROUP not allowed", "Write PERCENTILE(x, 0.95)."));

  private InvalidNames() {}

  static OrochiException of(CalciteContextException failure, KnownNames names) {
    String reason =
        Texts.firstSentence(
            failure.getCause() == null ? failure.getMessage() : failure.getCause().getMessage());
    String place =
        failure.getPosLine() > 0
            ? "line " + failure.getPosLine() + ", column " + failure.getPosColumn()
            : "";
    if (reason.startsWith("Object '") && reason.contains("' not found")) {
      OrochiException error =
          relationNotFound(
              Texts.quoted(reason), names.relations(Texts.quotedAfter(reason, "within")));
      return place.isEmpty() ? error : error.withDetail("Named at " + place + ".");
    }
    String at = place.isEmpty() ? "" : " (" + place + ")";
    OrochiException error = OrochiException.of(OrochiErrorCode.SQL_INVALID, summary(reason) + at);
    return hint(reason, names).map(error::withHint).orElse(error);
  }

  static OrochiException relationNotFound(String name, Collection<String> known) {
    OrochiException error =
        OrochiException.of(
            OrochiErrorCode.RELATION_NOT_FOUND, "Cannot find the relation '" + name + "'");
    if (known.contains(name)) {
      return error.withHint("That name is of another kind: a table, a view or a database.");
    }
    return error.withHint(
        NearestName.of(name, known)
            .map(nearest -> "Did you mean " + nearest + "?")
            .orElse("SHOW TABLES lists what is there."));
  }

  private static Optional<String> hint(String reason, KnownNames names) {
    if (reason.startsWith(NO_FUNCTION)) {
      int end = reason.indexOf('(', NO_FUNCTION.length());
      String name = reason.substring(NO_FUNCTION.length(), end < 0 ? reason.length() : end).strip();
      return ForeignWords.advice(name)
          .or(
              () ->
                  NearestName.of(name, names.functions())
                      .filter(nearest -> !nearest.equalsIgnoreCase(name))
                      .map(nearest -> "Did you mean " + nearest + "?"))
          .or(() -> Optional.of("SHOW FUNCTIONS lists what can be called."));
    }
    if (NO_COLUMN.stream().anyMatch(reason::startsWith) && !reason.contains("ambiguous")) {
      Collection<String> columns = names.columns();
      return columns.isEmpty()
          ? Optional.of("DESCRIBE lists the columns of a table.")
          : Optional.of(NearestName.hint(Texts.quoted(reason), columns));
    }
    return HINTS.entrySet().stream()
        .filter(hint -> reason.contains(hint.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String summary(String reason) {
    return reason.startsWith("Cannot") ? reason : "Invalid statement: " + reason;
  }
}
