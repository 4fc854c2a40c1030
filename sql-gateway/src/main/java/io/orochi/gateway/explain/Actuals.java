package io.orochi.gateway.explain;

import io.orochi.gateway.kernel.Answer;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.stage.Stages;
import io.orochi.table.kernel.files.FileCopies;
import java.util.List;

/**
 * What running a query has shown.
 *
 * @param bytes of the answer in Arrow; -1 from Flink, which sends rows
 * @param verifiedFiles compared with their digests, now or before; -1 from Flink
 * @param unverifiedFiles without a digest
 * @param copies none from Flink, whose tasks have files of their own
 * @param answer where the answer came from
 * @param inputs what was read in the end; empty from Flink
 */
public record Actuals(
    Stages stages,
    long rows,
    long bytes,
    long verifiedFiles,
    long unverifiedFiles,
    FileCopies copies,
    Answer answer,
    List<KernelInput> inputs) {
  public Actuals {
    inputs = List.copyOf(inputs);
  }
}
