package io.orochi.gateway.plan.error;

import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Flink's many ways of saying that a table, view, database or catalog is not there. */
final class MissingRelations {
  private static final String ABSENT = " (?:in any|do(?:es)?(?:n't| not) exist|of the LIKE).*";

  /** Catalog, database and name, in this order. */
  private static final List<Pattern> TABLES =
      List.of(
          Pattern.compile(
              ".*(?:[Tt]able|[Vv]iew|views)(?: with (?:the )?identifier)?"
                  + " '?`?([^'`.]+)`?\\.`?([^'`.]+)`?\\.`?([^'`]+?)`?'?"
                  + ABSENT));

  private static final Pattern IN_CATALOG =
      Pattern.compile("Table \\(or view\\) ([^.]+)\\.(.+) does not exist in Catalog (.+?)\\.");
  private static final List<Pattern> DATABASES =
      List.of(
          Pattern.compile("A database with name \\[([^\\]]+)\\] does not exist.*"),
          Pattern.compile("Database '[^']+'\\.'([^']+)' doesn't exist.*"),
          Pattern.compile("Database (\\S+) does not exist in Catalog .*"));
  private static final List<Pattern> CATALOGS =
      List.of(
          Pattern.compile("A catalog with name \\[([^\\]]+)\\] does not exist.*"),
          Pattern.compile("Cannot obtain metadata information from Catalog (.+?)\\."),
          Pattern.compile("Catalog (\\S+) does not exist.*"));

  private MissingRelations() {}

  /**
   * @param message its first line
   */
  static Optional<OrochiException> of(String message, KnownNames names) {
    for (Pattern pattern : TABLES) {
      Matcher table = pattern.matcher(message);
      if (table.matches()) {
        return Optional.of(relation(table.group(3), table.group(1), table.group(2), names));
      }
    }
    Matcher stored = IN_CATALOG.matcher(message);
    if (stored.matches()) {
      return Optional.of(relation(stored.group(2), stored.group(3), stored.group(1), names));
    }
    return named(DATABASES, message)
        .map(name -> missing("database", name, names.databases(), names))
        .or(
            () ->
                named(CATALOGS, message)
                    .map(name -> missing("catalog", name, names.catalogs(), names)));
  }

  private static OrochiException relation(
      String name, String catalog, String database, KnownNames names) {
    OrochiException error =
        InvalidNames.relationNotFound(name, names.relations(catalog + "." + database));
    return names.place(name).map(at -> error.withDetail("Named at " + at + ".")).orElse(error);
  }

  private static Optional<String> named(List<Pattern> patterns, String message) {
    return patterns.stream()
        .map(pattern -> pattern.matcher(message))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst();
  }

  private static OrochiException missing(
      String kind, String name, Collection<String> known, KnownNames names) {
    OrochiException error =
        OrochiException.of(
                OrochiErrorCode.RELATION_NOT_FOUND, "Cannot find the " + kind + " '" + name + "'")
            .withHint(
                NearestName.of(name, known)
                    .map(nearest -> "Did you mean " + nearest + "?")
                    .orElse("SHOW " + kind.toUpperCase(Locale.ROOT) + "S lists what is there."));
    return names.place(name).map(at -> error.withDetail("Named at " + at + ".")).orElse(error);
  }
}
