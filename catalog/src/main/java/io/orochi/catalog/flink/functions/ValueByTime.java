package io.orochi.catalog.flink.functions;

import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

/**
 * The value of the row with the least or the greatest time, be it NULL. Rows whose time is NULL do
 * not count; of several rows at that time any one does. State merges without regard to order; rows
 * cannot be taken back.
 */
public abstract class ValueByTime extends AggregateFunction<Object, Row> {
  private static final long serialVersionUID = 1L;
  private static final int VALUE = 0;
  private static final int TIME = 1;

  /** Whether a row counts rather than the one kept so far, both of which have a time. */
  abstract boolean counts(int comparedWithKept);

  abstract String name();

  /** A time of NULL says that there is no row yet. */
  @Override
  public final Row createAccumulator() {
    return new Row(2);
  }

  public final void accumulate(Row kept, Object value, Object time) {
    if (time == null) {
      return;
    }
    Object before = kept.getField(TIME);
    if (before == null || counts(compare(time, before))) {
      kept.setField(VALUE, value);
      kept.setField(TIME, time);
    }
  }

  public final void merge(Row kept, Iterable<Row> others) {
    for (Row other : others) {
      accumulate(kept, other.getField(VALUE), other.getField(TIME));
    }
  }

  public final void resetAccumulator(Row kept) {
    kept.setField(VALUE, null);
    kept.setField(TIME, null);
  }

  @Override
  public final Object getValue(Row kept) {
    return kept.getField(VALUE);
  }

  @Override
  public final TypeInference getTypeInference(DataTypeFactory types) {
    return ValueByTimeTypes.inference(name());
  }

  /** Times are of one type, all of which compare with themselves. */
  @SuppressWarnings("unchecked")
  private static int compare(Object one, Object other) {
    return ((Comparable<Object>) one).compareTo(other);
  }
}
