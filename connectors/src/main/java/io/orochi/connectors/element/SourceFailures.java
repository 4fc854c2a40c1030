package io.orochi.connectors.element;

import io.orochi.table.error.OrochiException;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Keeps Flink from reading again and again what somebody has to repair first. */
public final class SourceFailures {
  private SourceFailures() {}

  /** The failure to throw in place of one that a restart cannot mend. */
  public static RuntimeException withoutRestart(OrochiException failure) {
    return switch (failure.code().type()) {
      case USER, RESOURCE, CORRUPTION -> new SuppressRestartsException(failure);
      case EXTERNAL, INTERNAL -> failure;
    };
  }
}
