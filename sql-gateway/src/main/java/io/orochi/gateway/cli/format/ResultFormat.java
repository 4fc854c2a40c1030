package io.orochi.gateway.cli.format;

import java.util.List;

/**
 * Prints one result: {@link #begin}, any number of {@link #row}, {@link #end}.
 *
 * <p>A value is null, a Boolean, a Number, a String, a byte[], a {@code java.time} value, a List
 * (array) or a Map (row or map) of such values.
 */
public interface ResultFormat {
  void begin(List<Column> columns);

  void row(Object[] values);

  /** Prints what was held back. A result that broke off is not ended. */
  void end();

  /**
   * Instead of all others: a statement without a result is done. Only people are told.
   *
   * @param changedRows how many it changed; negative if that is not known
   */
  default void done(long changedRows) {}
}
