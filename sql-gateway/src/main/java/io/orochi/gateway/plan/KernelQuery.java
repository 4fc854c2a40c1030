package io.orochi.gateway.plan;

import io.orochi.gateway.plan.narrow.Narrowing;
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
 * @param narrowings what may be asked first to read less
 */
public record KernelQuery(
    SqlTemplate sql,
    List<KernelInput> inputs,
    ZoneId timeZone,
    boolean mayRetryOnFlink,
    List<Narrowing> narrowings,
    Reuse reuse) {
  public KernelQuery {
    narrowings = List.copyOf(narrowings);
    Objects.requireNonNull(reuse);
    Objects.requireNonNull(sql);
    inputs = List.copyOf(inputs);
    Objects.requireNonNull(timeZone);
  }

  /** A query that reads all it is given and whose answer is not kept. */
  public KernelQuery(
      SqlTemplate sql, List<? extends KernelInput> inputs, ZoneId timeZone, boolean mayRetry) {
    this(sql, List.copyOf(inputs), timeZone, mayRetry, List.of(), Reuse.NEVER);
  }

  /** The same query of other files. */
  public KernelQuery reading(List<KernelInput> others, List<Narrowing> first) {
    return new KernelQuery(sql, others, timeZone, mayRetryOnFlink, first, reuse);
  }

  /** The same, whose answer may be kept or not. */
  public KernelQuery with(Reuse answer) {
    return new KernelQuery(sql, inputs, timeZone, mayRetryOnFlink, narrowings, answer);
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
