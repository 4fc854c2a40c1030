package io.orochi.gateway.kernel.cache;

import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.KernelQuery;
import io.orochi.table.kernel.scan.ScanPlan;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.TableProperties;

/**
 * What two queries must have in common to have the same answer: the kernel's SQL, which holds every
 * constant, the snapshot and columns of each input, and the clock on which times are read.
 */
public record ResultKey(String sql, List<Input> inputs, String timeZone) {
  /**
   * One input.
   *
   * @param table its id, which a table made again under the same name does not have
   * @param snapshotId null if the table has none
   * @param columns with their ids and defaults, and the names of files without ids
   */
  public record Input(String name, String table, Long snapshotId, String columns) {}

  public ResultKey {
    inputs = List.copyOf(inputs);
  }

  /** Of a query all of whose inputs are {@link KernelInput#isOfOneSnapshot}. */
  public static ResultKey of(KernelQuery query) {
    List<Input> inputs = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (KernelInput input : query.inputs()) {
      names.add("#" + names.size());
      inputs.add(input(input));
    }
    return new ResultKey(query.sql().text(names), inputs, query.timeZone().getId());
  }

  private static Input input(KernelInput input) {
    if (input instanceof KernelInput.Files files) {
      ScanPlan plan = files.plan();
      String mapping = plan.table().properties().get(TableProperties.DEFAULT_NAME_MAPPING);
      return new Input(
          files.name(),
          plan.table().uuid().toString(),
          plan.snapshotId(),
          SchemaParser.toJson(plan.schema()) + mapping);
    }
    if (input instanceof KernelInput.Summary summary) {
      return new Input(
          summary.name(), "", null, java.util.Arrays.deepToString(summary.rows().toArray()));
    }
    throw new IllegalArgumentException("no answer from " + input.name() + " is kept");
  }

  /** Bytes, roughly. */
  long size() {
    return 200
        + 2L * sql.length()
        + inputs.stream().mapToLong(input -> 200 + 2L * input.columns().length()).sum();
  }
}
