package io.orochi.gateway.plan;

import java.util.List;
import java.util.function.Supplier;
import org.apache.iceberg.Schema;

/** A relation a kernel query reads. */
public sealed interface KernelInput {
  /** How people call it: {@code `default`.`cpu`}. */
  String name();

  /** Rows made in memory, such as an info view's; taken when the query starts. */
  record Rows(String name, Schema schema, Supplier<List<Object[]>> rows) implements KernelInput {}
}
