package io.orochi.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

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
    List<Object> answers = new ArrayList<>();
    for (Contestant each : contestants) {
      answers.add(each.work().run());
    }
    compare(what, contestants, answers, check);
    double[][] millis = new double[contestants.size()][rounds];
    for (int round = -warmUps; round < rounds; round++) {
      time(contestants, millis, round);
    }
    return result(what, millis);
  }

  /**
   * The same with other work in each round, whose answers are compared in each round too.
   *
   * @param fresh makes the contestants of a round; always as many, in the same order
   * @throws IllegalStateException if the contestants disagree
   */
  Result run(String what, Supplier<List<Contestant>> fresh, Check check) throws Exception {
    double[][] millis = null;
    for (int round = -warmUps; round < rounds; round++) {
      List<Contestant> contestants = fresh.get();
      if (millis == null) {
        millis = new double[contestants.size()][rounds];
      }
      compare(what, contestants, time(contestants, millis, round), check);
    }
    return result(what, millis);
  }

  private static List<Object> time(List<Contestant> contestants, double[][] millis, int round)
      throws Exception {
    List<Object> answers = new ArrayList<>();
    for (int each = 0; each < contestants.size(); each++) {
      long start = System.nanoTime();
      answers.add(contestants.get(each).work().run());
      if (round >= 0) {
        millis[each][round] = (System.nanoTime() - start) / 1e6;
      }
    }
    return answers;
  }

  private static void compare(
      String what, List<Contestant> contestants, List<Object> answers, Check check) {
    for (int other = 1; other < contestants.size(); other++) {
      List<String> differences = check.differences(answers.get(other), answers.get(0));
      if (!differences.isEmpty()) {
        throw new IllegalStateException(
            "%s: %s and %s disagree: %s"
                .formatted(
                    what,
                    contestants.get(0).name(),
                    contestants.get(other).name(),
                    differences.get(0)));
      }
    }
  }

  private static Result result(String what, double[][] millis) {
    return new Result(what, Arrays.stream(millis).map(Race::median).toList());
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
