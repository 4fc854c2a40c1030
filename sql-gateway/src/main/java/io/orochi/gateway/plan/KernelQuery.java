package io.orochi.gateway.plan;

import io.orochi.gateway.plan.sql.SqlTemplate;
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

  /** The size of the files it opens. */
  public long bytesRead() {
    long bytes = 0;
    for (KernelInput input : inputs) {
      if (input instanceof KernelInput.Files files) {
        bytes += files.plan().bytesRead();
      } else if (input instanceof KernelInput.Changes changes) {
        bytes += changes.plan().bytes();
      }
    }
    return bytes;
  }
}
