package io.orochi.catalog.settings;

import java.time.Duration;
import java.util.Locale;

/** What a setting's text means. */
public enum SettingType {
  CHOICE("a word") {
    @Override
    Object parse(String text) {
      return text.toLowerCase(Locale.ROOT);
    }
  },
  DURATION("a duration such as '30 s' or '5 min'") {
    @Override
    Object parse(String text) {
      return Durations.parse(text);
    }

    @Override
    String show(long number) {
      return Durations.show(Duration.ofMillis(number));
    }
  },
  INTEGER("a whole number") {
    @Override
    Object parse(String text) {
      return Long.parseLong(text.replace("_", ""));
    }
  };

  private final String unitText;

  SettingType(String unitText) {
    this.unitText = unitText;
  }

  abstract Object parse(String text);

  String show(long number) {
    return Long.toString(number);
  }

  String unitText() {
    return unitText;
  }

  /** As the reference page and {@code info.settings} show it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
