package io.orochi.connectors.file;

import java.io.Serializable;
import java.util.Objects;

/**
 * Which records are bad, beside those that do not fit the columns, and what happens to bad ones.
 */
public record BadRecords(OnError onError, RowRule rule) implements Serializable {
  public BadRecords {
    Objects.requireNonNull(onError);
    Objects.requireNonNull(rule);
  }

  public static BadRecords of(OnError onError) {
    return new BadRecords(onError, RowRule.NONE);
  }
}
