package io.orochi.ddl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which columns the table had when; times are those of {@link System#nanoTime}. Safe for threads.
 */
final class SchemaLog {
  private final List<Entry> entries = new ArrayList<>();
  private EvolvingSchema coming;
  private long comingSince;

  SchemaLog(EvolvingSchema first) {
    entries.add(new Entry(first, System.nanoTime(), System.nanoTime()));
  }

  /** A schema may be seen from {@code from} on and must be seen from {@code sure} on. */
  private record Entry(EvolvingSchema schema, long from, long sure) {}

  synchronized EvolvingSchema current() {
    return entries.get(entries.size() - 1).schema();
  }

  synchronized void begin(EvolvingSchema next) {
    coming = next;
    comingSince = System.nanoTime();
  }

  synchronized void done() {
    entries.add(new Entry(coming, comingSince, System.nanoTime()));
    coming = null;
  }

  /** The change was refused and has done nothing. */
  synchronized void refused() {
    coming = null;
  }

  synchronized int changes() {
    return entries.size() - 1;
  }

  /** How many columns have come with a name that another one had before. */
  synchronized int namesUsedAgain() {
    Map<String, Integer> first = new HashMap<>();
    Set<Integer> again = new HashSet<>();
    for (Entry entry : entries) {
      for (EvolvingSchema.Field field : entry.schema().fields()) {
        if (first.computeIfAbsent(field.name(), name -> field.identity()) != field.identity()) {
          again.add(field.identity());
        }
      }
    }
    return again.size();
  }

  /** Those that a statement may have seen that ran from {@code start} to {@code end}. */
  synchronized List<EvolvingSchema> between(long start, long end) {
    List<EvolvingSchema> seen = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      boolean over = i + 1 < entries.size() && entries.get(i + 1).sure() < start;
      if (!over && entries.get(i).from() <= end) {
        seen.add(entries.get(i).schema());
      }
    }
    if (coming != null && comingSince <= end) {
      seen.add(coming);
    }
    return seen;
  }
}
