package io.orochi.gateway.plan.scan;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexNode;

/**
 * Hands to scans the part of a condition that their files' statistics can decide. The condition
 * itself stays in the query.
 */
public final class Pruning {
  private final PruningFilters filters;
  private int guesses;

  public Pruning(ZoneId timeZone, java.time.Instant now) {
    this.filters = new PruningFilters(timeZone, now);
  }

  /**
   * Prunes each scan whose rows count only if {@code condition} is true.
   *
   * @param columns the scan column behind each input field; null if there is none or if the scan's
   *     rows count also when the condition fails
   */
  public void push(RexNode condition, IntFunction<ScanColumn> columns) {
    for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
      Optional<Scan> scan = onlyScan(conjunct, columns);
      scan.ifPresent(found -> filters.convert(conjunct, columns).ifPresent(found::prune));
      if (scan.isEmpty() || !filters.isExact(conjunct, columns)) {
        guesses++;
      }
    }
  }

  /**
   * How many conditions so far are more than what scans were told: their rows may still be left
   * out.
   */
  public int guesses() {
    return guesses;
  }

  /** The scan of which alone a condition speaks. */
  public static Optional<Scan> scanOf(RexNode condition, IntFunction<ScanColumn> columns) {
    return onlyScan(condition, columns);
  }

  private static Optional<Scan> onlyScan(RexNode conjunct, IntFunction<ScanColumn> columns) {
    Set<Integer> fields = RelOptUtil.InputFinder.bits(conjunct).asSet();
    List<Scan> scans = new ArrayList<>();
    for (int field : fields) {
      ScanColumn column = columns.apply(field);
      if (column == null) {
        return Optional.empty();
      }
      if (!scans.contains(column.scan())) {
        scans.add(column.scan());
      }
    }
    return scans.size() == 1 ? Optional.of(scans.get(0)) : Optional.empty();
  }
}
