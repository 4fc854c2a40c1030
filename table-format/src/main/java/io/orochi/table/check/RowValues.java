package io.orochi.table.check;

/** The values of one row, as {@link Checks} asks for them. */
@FunctionalInterface
public interface RowValues {
  /**
   * @param column its place among the table's top-level columns
   * @return null for NULL; else a {@code Boolean}, {@code BigDecimal} (of every whole number and
   *     decimal), {@code Double}, {@code String}, {@code LocalDate}, {@code LocalTime}, {@code
   *     LocalDateTime} or {@code Instant}; anything but null of a column of another type
   */
  Object value(int column);
}
