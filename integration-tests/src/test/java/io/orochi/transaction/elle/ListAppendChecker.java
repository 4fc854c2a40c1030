package io.orochi.transaction.elle;

import io.orochi.transaction.elle.ListHistory.Done;
import io.orochi.transaction.elle.ListHistory.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out from a history alone whether transactions could have run one after the other, after
 * Kingsbury and Alvaro, Elle: Inferring Isolation Anomalies from Experimental Observations (VLDB
 * 14(3), 2020).
 *
 * <p>Values are unique and lists only grow, so a list that was read tells in which order its values
 * were written, and every other read must be its beginning. That gives three kinds of edges between
 * committed transactions: <b>ww</b> from the writer of a value to the writer of the next one,
 * <b>wr</b> from the writer of the last value of a read to the reader, <b>rw</b> from the reader of
 * a list to the writer of the value that came next. A cycle of them is an anomaly.
 */
final class ListAppendChecker {
  private final Map<Integer, Done> writers = new HashMap<>();
  private final Map<Integer, List<Integer>> orders = new HashMap<>();
  private final List<String> anomalies = new ArrayList<>();
  private final DependencyGraph graph = new DependencyGraph();
  private final List<Done> history;

  private ListAppendChecker(ListHistory history) {
    this.history = history.transactions();
  }

  /**
   * @return what is wrong, one line each, starting with its name in Adya's terms; empty if the
   *     history is serializable
   */
  static List<String> anomalies(ListHistory history) {
    ListAppendChecker checker = new ListAppendChecker(history);
    checker.run();
    return checker.anomalies;
  }

  private void run() {
    history.forEach(this::noteWrites);
    history.stream().filter(Done::committed).forEach(this::noteOrders);
    history.stream().filter(Done::committed).forEach(this::checkReads);
    orders.forEach(this::addWriteEdges);
    history.stream().filter(Done::committed).forEach(this::addReadEdges);
    anomalies.addAll(graph.cycles());
  }

  private void noteWrites(Done transaction) {
    for (Step step : transaction.steps()) {
      if (step instanceof Step.Append append && writers.put(append.value(), transaction) != null) {
        throw new IllegalArgumentException("Appended twice: " + append);
      }
    }
  }

  /** The longest list that was read is the order of its values. */
  private void noteOrders(Done transaction) {
    for (Step step : transaction.steps()) {
      if (step instanceof Step.Read read) {
        orders.merge(
            read.key(), read.values(), (one, other) -> one.size() >= other.size() ? one : other);
      }
    }
  }

  private void checkReads(Done reader) {
    for (Step step : reader.steps()) {
      if (step instanceof Step.Append append
          && !orders.getOrDefault(append.key(), List.of()).contains(append.value())) {
        anomalies.add("lost append: " + append + " of committed " + reader);
      } else if (step instanceof Step.Read read) {
        checkRead(reader, read);
      }
    }
  }

  private void checkRead(Done reader, Step.Read read) {
    List<Integer> order = orders.get(read.key());
    if (!read.values().equals(order.subList(0, read.values().size()))) {
      anomalies.add("incompatible order: " + read + " but " + order);
    }
    Set<Integer> seen = new HashSet<>();
    for (int value : read.values()) {
      Done writer = writers.get(value);
      if (!seen.add(value)) {
        anomalies.add("duplicate: " + read);
      } else if (writer == null) {
        anomalies.add("G1: nobody has written what " + read + " holds");
      } else if (!writer.committed()) {
        anomalies.add("G1a: " + reader + " has read " + value + " of aborted " + writer);
      }
    }
    int size = read.values().size();
    if (size > 0 && isIntermediate(reader, read.key(), read.values().get(size - 1))) {
      anomalies.add("G1b: " + reader + " has read an intermediate state: " + read);
    }
  }

  /** Whether the writer has appended to the list once more after this value. */
  private boolean isIntermediate(Done reader, int key, int value) {
    Done writer = writers.get(value);
    if (writer == null || writer.number() == reader.number()) {
      return false;
    }
    int last = -1;
    for (Step step : writer.steps()) {
      last = step instanceof Step.Append append && append.key() == key ? append.value() : last;
    }
    return last != value;
  }

  private void addWriteEdges(int key, List<Integer> order) {
    for (int i = 1; i < order.size(); i++) {
      edge(order.get(i - 1), order.get(i), "ww", key);
    }
  }

  private void addReadEdges(Done reader) {
    for (Step step : reader.steps()) {
      if (step instanceof Step.Read read) {
        List<Integer> order = orders.get(read.key());
        int size = read.values().size();
        if (size > 0 && writers.containsKey(read.values().get(size - 1))) {
          Done writer = writers.get(read.values().get(size - 1));
          graph.add(writer.number(), reader.number(), "wr", read.key());
        }
        if (size < order.size() && writers.containsKey(order.get(size))) {
          graph.add(reader.number(), writers.get(order.get(size)).number(), "rw", read.key());
        }
      }
    }
  }

  private void edge(int before, int after, String kind, int key) {
    if (writers.containsKey(before) && writers.containsKey(after)) {
      graph.add(writers.get(before).number(), writers.get(after).number(), kind, key);
    }
  }
}
