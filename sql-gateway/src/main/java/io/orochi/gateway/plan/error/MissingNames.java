package io.orochi.gateway.plan.error;

import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.planner.hint.FlinkHints;
import org.apache.flink.table.planner.hint.JoinStrategy;
import org.apache.flink.table.planner.hint.StateTtlHint;

/** Flink's ways of saying that a column, function, hint or connector is not there. */
final class MissingNames {
  private static final Pattern COLUMN =
      Pattern.compile(".*[Cc]olumn `([^`]+)` (?:which )?does not exist in the .*");
  private static final Pattern FUNCTION =
      Pattern.compile("Function (?:\\S+\\.)?(\\S+) does not exist in Catalog .*");
  private static final Pattern HINT =
      Pattern.compile("Hint: (\\S+) should be registered in the HintStrategyTable.*");
  private static final Pattern FACTORY =
      Pattern.compile(
          "(?s)Could not find any factory for identifier '([^']+)' that implements"
              + " '[^']*\\.(\\w+)Factory'.*?(?:Available factory identifiers are:(.*))?");

  private MissingNames() {}

  /**
   * @param message all of it
   */
  static Optional<OrochiException> of(String message, KnownNames names) {
    String first = Texts.firstSentence(message);
    return message
        .lines()
        .flatMap(line -> name(COLUMN, line).stream())
        .findFirst()
        .map(name -> missing("column", name, names.columns(), names))
        .or(
            () ->
                name(FUNCTION, first)
                    .map(name -> missing("function", name, names.functions(), names)))
        .or(() -> name(HINT, first).map(name -> missing("hint", name, hints(), names)))
        .or(() -> factory(message, names));
  }

  private static Optional<String> name(Pattern pattern, String message) {
    Matcher matcher = pattern.matcher(message);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Optional<OrochiException> factory(String message, KnownNames names) {
    Matcher factory = FACTORY.matcher(message);
    if (!factory.matches()) {
      return Optional.empty();
    }
    List<String> known =
        factory.group(3) == null
            ? List.of()
            : factory.group(3).lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    String kind = factory.group(2).equals("Catalog") ? "type of catalog" : "connector";
    return Optional.of(missing(kind, factory.group(1), known, names));
  }

  private static List<String> hints() {
    List<String> hints = new ArrayList<>();
    Arrays.stream(JoinStrategy.values()).map(JoinStrategy::getJoinHintName).forEach(hints::add);
    hints.add(FlinkHints.HINT_NAME_OPTIONS);
    hints.add(StateTtlHint.STATE_TTL.name());
    return hints;
  }

  private static OrochiException missing(
      String kind, String name, Collection<String> known, KnownNames names) {
    String at = names.place(name).map(place -> " (" + place + ")").orElse("");
    OrochiException error =
        OrochiException.of(
            OrochiErrorCode.SQL_INVALID, "Cannot find the " + kind + " '" + name + "'" + at);
    Optional<String> nearest = NearestName.of(name, known);
    if (kind.equals("function") && nearest.isEmpty() || known.isEmpty()) {
      return error;
    }
    return error.withHint(NearestName.hint(name, known));
  }
}
