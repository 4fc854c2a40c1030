package io.orochi.transaction.elle;

import java.util.ArrayList;
import java.util.List;

/** What the sessions of one run did and saw. Transactions are numbered in the order they ended. */
final class ListHistory {
  private final List<Done> transactions = new ArrayList<>();

  /** One step of a transaction. */
  sealed interface Step {
    int key();

    /** {@code value} is unique in the whole history. */
    record Append(int key, int value) implements Step {}

    /** A list as it was seen, with what the transaction itself had appended. */
    record Read(int key, List<Integer> values) implements Step {
      public Read {
        values = List.copyOf(values);
      }
    }
  }

  /** How a transaction ended. */
  enum End {
    COMMITTED,
    ABORTED
  }

  record Done(int number, End end, List<Step> steps) {
    public Done {
      steps = List.copyOf(steps);
    }

    boolean committed() {
      return end == End.COMMITTED;
    }
  }

  synchronized void add(End end, List<Step> steps) {
    transactions.add(new Done(transactions.size(), end, steps));
  }

  synchronized List<Done> transactions() {
    return List.copyOf(transactions);
  }

  @Override
  public String toString() {
    return transactions().toString();
  }
}
