package io.orochi.gateway.plan.error;

import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Flink's many ways of saying that a table, view or database is not there. */
final class MissingRelations {
  private static final Pattern TABLE =
      Pattern.compile(
          "(?:Cannot find table|(?:Table|View|Tables or views) with (?:the )?identifier)"
              + " '`?([^'`.]+)`?\\.`?([^'`.]+)`?\\.`?([^'`]+?)`?'"
              + " (?:in any|do(?:es)?(?:n't| not) exist).*");
  private static final Pattern DATABASE =
      Pattern.compile("A database with name \\[([^\\]]+)\\] does not exist.*");

  private MissingRelations() {}

  /**
   * @param message its first line
   */
  static Optional<OrochiException> of(String message, KnownNames names) {
    Matcher table = TABLE.matcher(message);
    if (table.matches()) {
      return Optional.of(
          InvalidNames.relationNotFound(
              table.group(3), names.relations(table.group(1) + "." + table.group(2))));
    }
    Matcher database = DATABASE.matcher(message);
    if (database.matches()) {
      String name = database.group(1);
      return Optional.of(
          OrochiException.of(
                  OrochiErrorCode.RELATION_NOT_FOUND, "Cannot find the database '" + name + "'")
              .withHint(
                  NearestName.of(name, names.relations(""))
                      .map(nearest -> "Did you mean " + nearest + "?")
                      .orElse("SHOW DATABASES lists what is there.")));
    }
    return Optional.empty();
  }
}
