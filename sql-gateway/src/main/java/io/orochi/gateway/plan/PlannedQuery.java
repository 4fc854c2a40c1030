package io.orochi.gateway.plan;

import java.util.Objects;
import org.apache.flink.table.catalog.ResolvedSchema;

/** A query and the engine that will run it. */
public sealed interface PlannedQuery {
  /** The columns of the result with their Flink types, the same on both engines. */
  ResolvedSchema schema();

  /** The kernel runs it. */
  record OnKernel(KernelQuery query, ResolvedSchema schema) implements PlannedQuery {
    public OnKernel {
      Objects.requireNonNull(query);
      Objects.requireNonNull(schema);
    }
  }

  /** Flink runs it; {@code reason} is one line that names the expression or limit. */
  record OnFlink(String reason, ResolvedSchema schema) implements PlannedQuery {
    public OnFlink {
      Objects.requireNonNull(reason);
      Objects.requireNonNull(schema);
    }
  }
}
