package io.orochi.catalog.settings;

import java.time.Duration;
import java.util.List;

/** The values a setting may take. */
public sealed interface SettingRange {
  /** Whether a value that {@link SettingType#parse} returned is allowed. */
  boolean contains(Object value);

  /** In words, for messages and the reference page. */
  String describe(SettingType type);

  /** One of these words. */
  record OneOf(List<String> words) implements SettingRange {
    public OneOf {
      words = List.copyOf(words);
    }

    @Override
    public boolean contains(Object value) {
      return words.contains(String.valueOf(value));
    }

    @Override
    public String describe(SettingType type) {
      return "one of " + String.join(", ", words);
    }
  }

  /** Both ends included; milliseconds for a duration. */
  record Between(long least, long most) implements SettingRange {
    @Override
    public boolean contains(Object value) {
      long number = value instanceof Duration duration ? duration.toMillis() : (Long) value;
      return number >= least && number <= most;
    }

    @Override
    public String describe(SettingType type) {
      return type.unitText() + " from " + type.show(least) + " to " + type.show(most);
    }
  }
}
