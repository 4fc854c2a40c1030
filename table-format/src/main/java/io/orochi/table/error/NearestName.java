package io.orochi.table.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a user probably meant by an unknown name. */
public final class NearestName {
  private NearestName() {}

  /**
   * The known name with the fewest edits from {@code name}, upper and lower case being equal; empty
   * if more than half of the letters would have to change. Ties go to the first in the alphabet.
   */
  public static Optional<String> of(String name, Collection<String> known) {
    int limit = Math.max(1, name.length() / 2);
    return known.stream()
        .filter(candidate -> edits(name, candidate) <= limit)
        .min(
            Comparator.comparingInt((String candidate) -> edits(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** A hint that asks for the nearest name, or lists all names if none is near. */
  public static String hint(String name, Collection<String> known) {
    return of(name, known)
        .map(nearest -> "Did you mean " + nearest + "?")
        .orElseGet(() -> "Known are " + String.join(", ", known.stream().sorted().toList()) + ".");
  }

  /** Levenshtein's distance: insertions, deletions and substitutions. */
  static int edits(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
