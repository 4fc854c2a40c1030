package io.orochi.batch.scrub;

import io.orochi.table.integrity.Verdict;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a scrub has seen.
 *
 * @param table the full name of the table
 * @param snapshotId the snapshot whose files were read, 0 if the table has none
 * @param files by verdict, every verdict present
 * @param bytes recorded sizes, all files together
 * @param damage the damaged files, by location
 */
public record ScrubReport(
    String table, long snapshotId, Map<Verdict, Long> files, long bytes, List<Finding> damage) {

  public ScrubReport {
    files = Map.copyOf(files);
    damage = List.copyOf(damage);
  }

  public static ScrubReport of(String table, long snapshotId, List<Finding> findings) {
    Map<Verdict, Long> files = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      files.put(verdict, 0L);
    }
    findings.forEach(finding -> files.merge(finding.kind(), finding.files(), Long::sum));
    return new ScrubReport(
        table,
        snapshotId,
        files,
        findings.stream().mapToLong(Finding::bytes).sum(),
        findings.stream()
            .filter(finding -> finding.kind().isDamage())
            .sorted(Comparator.comparing(Finding::location))
            .toList());
  }

  public boolean isClean() {
    return damage.isEmpty();
  }

  /** For people: totals, then each damaged file on a line of its own. Ends with a line break. */
  public String text() {
    StringBuilder text = new StringBuilder();
    long all = files.values().stream().mapToLong(Long::longValue).sum();
    text.append(
        "%s at snapshot %d: %,d files, %,d bytes%n".formatted(table, snapshotId, all, bytes));
    for (Verdict verdict : Verdict.values()) {
      text.append("  %-10s %,d%n".formatted(label(verdict), files.get(verdict)));
    }
    for (Finding finding : damage) {
      text.append(
          "%s: %s (%s)%n".formatted(label(finding.kind()), finding.location(), finding.detail()));
    }
    return text.toString();
  }

  private static String label(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
