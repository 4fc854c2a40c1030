package io.orochi.gateway.plan;

import io.orochi.table.kernel.changelog.ChangelogPlan;
import io.orochi.table.kernel.scan.ScanPlan;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.iceberg.Schema;

/** A relation a kernel query reads. */
public sealed interface KernelInput {
  /** How people call it: {@code default.cpu}. */
  String name();

  /**
   * Whether its rows are the same, whoever asks, while its table has the same snapshot. A changelog
   * also loses rows when snapshots expire; rows made in memory may be the asking session's own.
   */
  default boolean isOfOneSnapshot() {
    return this instanceof Files || this instanceof Summary;
  }

  /**
   * Files of a table.
   *
   * @param condition that rows fulfil, in the kernel's SQL; empty if all count
   */
  record Files(String name, ScanPlan plan, RowPlaces places, String condition)
      implements KernelInput {
    public Files {
      Objects.requireNonNull(name);
      Objects.requireNonNull(plan);
      Objects.requireNonNull(places);
      Objects.requireNonNull(condition);
    }

    public Files(String name, ScanPlan plan, RowPlaces places) {
      this(name, plan, places, "");
    }

    public Files(String name, ScanPlan plan) {
      this(name, plan, RowPlaces.UNKNOWN);
    }
  }

  /** The changes of a table. */
  record Changes(String name, ChangelogPlan plan) implements KernelInput {
    public Changes {
      Objects.requireNonNull(name);
      Objects.requireNonNull(plan);
    }
  }

  /** Whether a query also sees in which file, and where in it, each row lies. */
  enum RowPlaces {
    UNKNOWN,
    KNOWN
  }

  /**
   * What the metadata of a table's files tells, in one row.
   *
   * @param files that it stands for, which are not read
   */
  record Summary(String name, Schema schema, List<Object[]> rows, long files)
      implements KernelInput {
    public Summary {
      Objects.requireNonNull(name);
      Objects.requireNonNull(schema);
      rows = List.copyOf(rows);
    }
  }

  /**
   * Rows made in memory, such as an info view's; taken when the query starts, one after the other.
   */
  record Rows(String name, Schema schema, Supplier<? extends Iterable<Object[]>> rows)
      implements KernelInput {
    public Rows {
      Objects.requireNonNull(name);
      Objects.requireNonNull(schema);
      Objects.requireNonNull(rows);
    }
  }
}
