package io.orochi.table.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Schema;

/** The {@code orochi.check.*} options of a table. */
public final class Checks {
  /** Of the options; the constraint's name follows. */
  public static final String PREFIX = "orochi.check.";

  private Checks() {}

  /**
   * The constraints of a table, by name.
   *
   * @param properties of the table
   * @throws io.orochi.table.error.OrochiException CONSTRAINT_INVALID if one cannot be enforced on
   *     these columns
   */
  public static List<CheckConstraint> of(Schema schema, Map<String, String> properties) {
    List<CheckConstraint> checks = new ArrayList<>();
    new TreeMap<>(properties)
        .forEach(
            (key, condition) -> {
              if (key.startsWith(PREFIX)) {
                checks.add(CheckConstraint.parse(nameOf(key), condition, schema));
              }
            });
    return checks;
  }

  /** The name in the key of an option. */
  public static String nameOf(String key) {
    return key.substring(PREFIX.length());
  }

  /** The options that name a renamed column, with its new name. */
  public static Map<String, String> renamed(
      Map<String, String> properties, String from, String to) {
    Map<String, String> changed = new HashMap<>();
    properties.forEach(
        (key, condition) -> {
          if (key.startsWith(PREFIX)) {
            String after = renamed(condition, from, to);
            if (!after.equals(condition)) {
              changed.put(key, after);
            }
          }
        });
    return changed;
  }

  private static String renamed(String condition, String from, String to) {
    StringBuilder text = new StringBuilder();
    int copied = 0;
    List<CheckToken> tokens;
    try {
      tokens = CheckToken.of(condition);
    } catch (InvalidCheck leftToItsWriter) {
      return condition;
    }
    for (int i = 0; i < tokens.size(); i++) {
      CheckToken token = tokens.get(i);
      boolean calls = i + 1 < tokens.size() && tokens.get(i + 1).is("(");
      if (token.isName() && token.text().equals(from) && !calls) {
        text.append(condition, copied, token.start());
        text.append('`').append(to.replace("`", "``")).append('`');
        copied = token.end();
      }
    }
    return text.append(condition.substring(copied)).toString();
  }
}
