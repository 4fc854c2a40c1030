package io.orochi.catalog.flink.procedure;

import io.orochi.catalog.flink.procedure.history.CheckTable;
import io.orochi.catalog.flink.procedure.history.CreateReference;
import io.orochi.catalog.flink.procedure.history.DropReference;
import io.orochi.catalog.flink.procedure.history.ExpireSnapshots;
import io.orochi.catalog.flink.procedure.history.FastForward;
import io.orochi.catalog.flink.procedure.history.RepairTable;
import io.orochi.catalog.flink.procedure.history.RollbackTo;
import io.orochi.catalog.flink.procedure.layout.AddDimension;
import io.orochi.catalog.flink.procedure.layout.AlterDistributedTable;
import io.orochi.catalog.flink.procedure.layout.CreateDistributedTable;
import io.orochi.catalog.flink.procedure.layout.CreateReferenceTable;
import io.orochi.catalog.flink.procedure.layout.DropChunks;
import io.orochi.catalog.flink.procedure.layout.GetShardForValue;
import io.orochi.catalog.flink.procedure.layout.MergeChunks;
import io.orochi.catalog.flink.procedure.layout.SetChunkInterval;
import io.orochi.catalog.flink.procedure.layout.UndistributeTable;
import io.orochi.catalog.flink.procedure.table.PurgeDroppedTables;
import io.orochi.catalog.flink.procedure.table.UndropTable;
import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every procedure of the virtual database {@code sys}. */
public final class Procedures {
  /** The virtual database's name. */
  public static final String DATABASE = "sys";

  private static final List<ProcedureSpec> ALL =
      Stream.of(
              CheckTable.SPEC,
              CreateReference.BRANCH,
              CancelQuery.SPEC,
              CreateHypertable.SPEC,
              CreateReference.TAG,
              DropReference.BRANCH,
              DropChunks.SPEC,
              DropReference.TAG,
              ExpireSnapshots.SPEC,
              FastForward.SPEC,
              AddDimension.SPEC,
              AlterDistributedTable.SPEC,
              CreateDistributedTable.SPEC,
              CreateReferenceTable.SPEC,
              GetShardForValue.SPEC,
              MergeChunks.SPEC,
              SetChunkInterval.SPEC,
              UndistributeTable.SPEC,
              Help.SPEC,
              PurgeDroppedTables.SPEC,
              RepairTable.SPEC,
              RollbackTo.SPEC,
              ShowChunks.SPEC,
              UndropTable.SPEC)
          .sorted(Comparator.comparing(ProcedureSpec::name))
          .toList();

  private Procedures() {}

  /** Ordered by name. */
  public static List<ProcedureSpec> all() {
    return ALL;
  }

  public static List<String> names() {
    return ALL.stream().map(ProcedureSpec::name).toList();
  }

  public static Optional<ProcedureSpec> find(String name) {
    return ALL.stream().filter(spec -> spec.name().equals(name)).findFirst();
  }

  /**
   * @throws OrochiException PROCEDURE_NOT_FOUND naming the nearest
   */
  public static ProcedureSpec require(String name) {
    return find(name)
        .orElseThrow(
            () ->
                OrochiException.of(
                        OrochiErrorCode.PROCEDURE_NOT_FOUND, "Unknown procedure: sys." + name)
                    .withDetail("CALL sys.help() lists all procedures.")
                    .withHint(NearestName.hint(name, names())));
  }
}
