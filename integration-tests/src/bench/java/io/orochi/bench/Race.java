package io.orochi.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times contestants at the same work in turn (A B A B …), so that a machine's mood falls on all of
 * them alike. The first answers are compared before anything is timed.
 */
final class Race {
  private final int warmUps;
  private final int rounds;

  Race(int warmUps, int rounds) {
    this.warmUps = warmUps;
    this.rounds = rounds;
  }

  /** One way to do the work. */
  record Contestant(String name, Work work) {}

  /** The work; what it returns is compared with the other contestants' by {@link Check}. */
  @FunctionalInterface
  interface Work {
    Object run() throws Exception;
  }

  /** Says what is wrong with an answer. */
  @FunctionalInterface
  interface Check {
    /** Empty if the answers agree. */
    List<String> differences(Object first, Object other);
  }

  /** Medians in milliseconds, in the order of the contestants. */
  record Result(String what, List<Double> medians) {
    /** How many times the last contestant's median the first one's is. */
    double ratio() {
      return medians.get(0) / medians.get(medians.size() - 1);
    }
  }

  /**
   * @throws IllegalStateException if the contestants disagree
   */
  Result run(String what, List<Contestant> contestants, Check check) throws Exception {
    Object first = contestants.get(0).work().run();
    for (Contestant other : contestants.subList(1, contestants.size())) {
      List<String> differences = check.differences(other.work().run(), first);
      if (!differences.isEmpty()) {
        throw new IllegalStateException(
            what + ": " + contestants.get(0).name() + " and " + other.name() + " disagree: "
                + differences.get(0));
      }
    }
    double[][] millis = new double[contestants.size()][rounds];
    for (int round = -warmUps; round < rounds; round++) {
      for (int each = 0; each < contestants.size(); each++) {
        long start = System.nanoTime();
        contestants.get(each).work().run();
        if (round >= 0) {
          millis[each][round] = (System.nanoTime() - start) / 1e6;
        }
      }
    }
    List<Double> medians = new ArrayList<>();
    for (double[] times : millis) {
      medians.add(median(times));
    }
    return new Result(what, medians);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
