package io.orochi.gateway.plan;

import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/**
 * A query in the kernel's SQL. Its inputs are registered first, in order; {@link SqlTemplate#text}
 * then takes the names they were registered by.
 *
 * @param mayRetryOnFlink whether a value the kernel refuses (overflow, conversion) sends the
 *     statement to Flink; false when the user forced the kernel
 */
public record KernelQuery(
    SqlTemplate sql, List<KernelInput> inputs, ZoneId timeZone, boolean mayRetryOnFlink) {
  public KernelQuery {
    Objects.requireNonNull(sql);
    inputs = List.copyOf(inputs);
    Objects.requireNonNull(timeZone);
  }
}
