package io.orochi.tsbs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The cpu-only devops data of TSBS: ten metrics of each host that walk at random between 0 and 100,
 * in the order of time.
 *
 * @param start the first row of every host
 * @param steps rows of each host
 */
public record CpuRows(int hosts, Instant start, Duration interval, int steps, long seed) {
  public static final List<String> METRICS =
      List.of(
          "usage_user",
          "usage_system",
          "usage_idle",
          "usage_nice",
          "usage_iowait",
          "usage_irq",
          "usage_softirq",
          "usage_steal",
          "usage_guest",
          "usage_guest_nice");

  /** Values are in the order of {@link #METRICS}. */
  public record Row(Instant at, String host, double[] values) {}

  public Instant end() {
    return start.plus(interval.multipliedBy(steps));
  }

  public static String host(int number) {
    return "host_" + number;
  }

  /** Gives every row once; its values are its own. */
  public void forEach(Consumer<Row> consumer) {
    Random random = new Random(seed);
    double[][] values = new double[hosts][];
    for (int host = 0; host < hosts; host++) {
      values[host] = random.doubles(METRICS.size(), 0, 100).toArray();
    }
    for (int step = 0; step < steps; step++) {
      Instant at = start.plus(interval.multipliedBy(step));
      for (int host = 0; host < hosts; host++) {
        double[] walked =
            IntStream.range(0, METRICS.size())
                .mapToDouble(new Walk(values[host], random))
                .toArray();
        values[host] = walked;
        consumer.accept(new Row(at, host(host), walked));
      }
    }
  }

  /** One step of each metric, in hundredths, as a whole number of them reads back exactly. */
  private record Walk(double[] before, Random random)
      implements java.util.function.IntToDoubleFunction {
    @Override
    public double applyAsDouble(int metric) {
      double next = before[metric] + random.nextGaussian() * 3;
      return Math.round(Math.min(100, Math.max(0, next)) * 100) / 100.0;
    }
  }
}
