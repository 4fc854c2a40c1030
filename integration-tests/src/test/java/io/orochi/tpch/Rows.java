package io.orochi.tpch;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Compares answers of engines that write the same number in different types. */
public final class Rows {
  private static final double TOLERANCE = 1e-6;

  private Rows() {}

  /** Each difference in one line; empty if the answers agree. Order counts. */
  public static List<String> differences(List<List<Object>> expected, List<List<Object>> actual) {
    List<String> differences = new ArrayList<>();
    if (expected.size() != actual.size()) {
      differences.add("expected " + expected.size() + " rows, found " + actual.size());
      return differences;
    }
    for (int row = 0; row < expected.size(); row++) {
      if (!same(expected.get(row), actual.get(row))) {
        differences.add(
            "row " + row + ": expected " + expected.get(row) + ", found " + actual.get(row));
      }
    }
    return differences;
  }

  private static boolean same(List<Object> expected, List<Object> actual) {
    if (expected.size() != actual.size()) {
      return false;
    }
    for (int column = 0; column < expected.size(); column++) {
      if (!same(expected.get(column), actual.get(column))) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Object expected, Object actual) {
    if (expected instanceof Number wanted && actual instanceof Number found) {
      double left = new BigDecimal(wanted.toString()).doubleValue();
      double right = new BigDecimal(found.toString()).doubleValue();
      return Math.abs(left - right) <= TOLERANCE * Math.max(1, Math.abs(left));
    }
    return String.valueOf(expected).equals(String.valueOf(actual));
  }
}
