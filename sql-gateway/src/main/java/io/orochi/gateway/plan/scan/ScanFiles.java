package io.orochi.gateway.plan.scan;

import io.orochi.table.kernel.scan.ScanPlan;
import java.util.Optional;

/** The files of a scan, while SQL is still being written. */
@FunctionalInterface
public interface ScanFiles {
  /** Tells nothing. */
  ScanFiles UNKNOWN = scan -> Optional.empty();

  /** Those a scan would read by what is known of it now; empty if it is not to be asked. */
  Optional<ScanPlan> of(Scan scan);
}
