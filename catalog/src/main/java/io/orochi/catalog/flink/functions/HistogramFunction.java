package io.orochi.catalog.flink.functions;

import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.api.TableRuntimeException;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.functions.AggregateFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.apache.flink.types.Row;

/**
 * {@code histogram(value, min, max, nbuckets)}: how many values lie in each of so many equal parts
 * of the range from min to max, with the values below it before them and those from max on after
 * them. State merges without regard to order; rows cannot be taken back.
 */
public final class HistogramFunction extends AggregateFunction<Long[], Row> {
  private static final long serialVersionUID = 1L;
  private static final int COUNTS = 0;
  private static final int RANGE = 1;

  /** NULL until there is a value. */
  @Override
  public Row createAccumulator() {
    return new Row(2);
  }

  public void accumulate(Row kept, Double value, Double min, Double max, Integer buckets) {
    if (value == null) {
      return;
    }
    List<String> wrong = HistogramTypes.problems(min, max, buckets);
    if (!wrong.isEmpty()) {
      throw new TableRuntimeException(wrong.get(0));
    }
    Double[] range = {min, max};
    Long[] counts = (Long[]) kept.getField(COUNTS);
    if (counts == null) {
      counts = new Long[buckets + 2];
      Arrays.fill(counts, 0L);
      kept.setField(RANGE, range);
    }
    requireSame(counts.length == buckets + 2 && Arrays.equals(range, range(kept)));
    counts[bucket(value, min, max, buckets)]++;
    kept.setField(COUNTS, counts);
  }

  public void merge(Row kept, Iterable<Row> others) {
    for (Row other : others) {
      Long[] more = (Long[]) other.getField(COUNTS);
      Long[] counts = (Long[]) kept.getField(COUNTS);
      if (more == null) {
        continue;
      }
      if (counts == null) {
        kept.setField(COUNTS, more);
        kept.setField(RANGE, range(other));
        continue;
      }
      requireSame(counts.length == more.length && Arrays.equals(range(kept), range(other)));
      for (int i = 0; i < counts.length; i++) {
        counts[i] += more[i];
      }
      kept.setField(COUNTS, counts);
    }
  }

  public void resetAccumulator(Row kept) {
    kept.setField(COUNTS, null);
    kept.setField(RANGE, null);
  }

  @Override
  public Long[] getValue(Row kept) {
    return (Long[]) kept.getField(COUNTS);
  }

  @Override
  public TypeInference getTypeInference(DataTypeFactory types) {
    return HistogramTypes.inference();
  }

  /** NaN is the greatest number. */
  private static int bucket(double value, double min, double max, int buckets) {
    if (value < min) {
      return 0;
    }
    double place = Math.floor(buckets * ((value - min) / (max - min)));
    return value < max ? (int) Math.min(place, buckets - 1) + 1 : buckets + 1;
  }

  private static Double[] range(Row kept) {
    return (Double[]) kept.getField(RANGE);
  }

  private static void requireSame(boolean same) {
    if (!same) {
      throw new TableRuntimeException(
          "The range and the number of buckets of a histogram have to be the same in all rows.");
    }
  }
}
