package io.orochi.connectors.element;

import org.apache.flink.table.data.RowData;

/**
 * What a source emits. Every element knows how far into its split it is, so that whoever has seen
 * it knows a position to continue from.
 */
public sealed interface SourceElement {
  /** The split's id, stable for ever: it names the split in the table's positions. */
  String split();

  /** The number of records of the split up to and including this one. */
  long ordinal();

  /** Whether the split ends here. */
  default boolean ends() {
    return false;
  }

  /** A row, not to be changed by the source after it was emitted. */
  record Row(String split, long ordinal, RowData row) implements SourceElement {}

  /** A record that is not a row of the table. */
  record Rejected(String split, long ordinal, RejectedRecord rejected) implements SourceElement {}

  /** The end of a split; {@code ordinal} is the number of its records. */
  record End(String split, long ordinal) implements SourceElement {
    @Override
    public boolean ends() {
      return true;
    }
  }
}
