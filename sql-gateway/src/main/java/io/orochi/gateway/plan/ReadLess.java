package io.orochi.gateway.plan;

import io.orochi.gateway.plan.narrow.ColumnEnds;
import io.orochi.gateway.plan.narrow.Narrowing;
import io.orochi.table.kernel.scan.FirstFiles;
import io.orochi.table.kernel.scan.FirstFiles.Order;
import io.orochi.table.kernel.scan.ScanPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what a query asks before it runs: only what may spare it many files. */
final class ReadLess {
  /** An input of fewer files is simply read. */
  private static final int LEAST_FILES = 4;

  /** An input of fewer files is not worth asking another one. */
  private static final int LEAST_FILES_TO_JOIN = 8;

  /** Less is simply read to its end. */
  private static final long LEAST_BYTES = 128 << 10;

  /** An input is asked for its keys if the other one is so many times as large. */
  private static final int TIMES_LARGER = 4;

  private ReadLess() {}

  /** Skips the files that metadata rules out at once, and keeps the narrowings worth asking. */
  static KernelQuery at(KernelQuery query, List<Narrowing> possible) {
    List<KernelInput> inputs = new ArrayList<>(query.inputs());
    List<Narrowing> later = new ArrayList<>();
    for (Narrowing narrowing : possible) {
      if (!(inputs.get(narrowing.input()) instanceof KernelInput.Files files)) {
        continue;
      }
      if (narrowing instanceof Narrowing.FirstRows first) {
        if (first.filtered() && files.plan().filesRead() >= LEAST_FILES) {
          later.add(first);
        } else if (!first.filtered()) {
          inputs.set(first.input(), first(files, first));
        }
      } else if (narrowing instanceof Narrowing.EachFirst each) {
        if (!each.filtered()) {
          inputs.set(each.input(), first(files, each));
        } else if (files.plan().filesRead() >= LEAST_FILES) {
          later.add(each);
        }
      } else if (narrowing instanceof Narrowing.FirstGroups groups
          && files.plan().bytesRead() >= LEAST_BYTES) {
        ends(files.plan(), groups).ifPresent(later::add);
      } else if (narrowing instanceof Narrowing.Points points && files.plan().filesRead() > 1) {
        later.add(points);
      } else if (narrowing instanceof Narrowing.JoinKeys keys
          && isWorthwhile(keys, files.plan(), inputs)) {
        later.add(keys);
      }
    }
    return query.reading(inputs, later);
  }

  private static KernelInput first(KernelInput.Files files, Narrowing.EachFirst each) {
    List<ScanPlan> parts = each.orders().stream().map(order -> first(files, order).plan()).toList();
    return new KernelInput.Files(files.name(), files.plan().inAny(parts), files.places());
  }

  private static KernelInput.Files first(KernelInput.Files files, Narrowing.FirstRows first) {
    FirstFiles order = new FirstFiles(files.plan(), first.column(), first.order());
    Optional<Object> reached = order.reached(first.rows());
    return reached
        .map(
            value ->
                new KernelInput.Files(
                    files.name(), files.plan().narrow(first.condition(value)), files.places()))
        .orElse(files);
  }

  /** Empty if metadata does not tell where the files end. */
  private static Optional<Narrowing> ends(ScanPlan plan, Narrowing.FirstGroups groups) {
    Optional<Object> least = new FirstFiles(plan, groups.column(), Order.LEAST_FIRST).outermost();
    Optional<Object> greatest =
        new FirstFiles(plan, groups.column(), Order.GREATEST_FIRST).outermost();
    return least.isPresent() && greatest.isPresent()
        ? Optional.of(groups.within(new ColumnEnds((Long) least.get(), (Long) greatest.get())))
        : Optional.empty();
  }

  private static boolean isWorthwhile(
      Narrowing.JoinKeys keys, ScanPlan plan, List<KernelInput> inputs) {
    return plan.filesRead() >= LEAST_FILES_TO_JOIN
        && inputs.get(keys.from()) instanceof KernelInput.Files from
        && from.plan().bytesRead() * TIMES_LARGER <= plan.bytesRead()
        && plan.tellsApart(keys.column());
  }
}
