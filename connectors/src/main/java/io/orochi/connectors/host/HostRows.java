package io.orochi.connectors.host;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/** Turns two looks at the host's counters into a row of rates. Not safe for threads. */
public final class HostRows {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ProcCounters proc;
  private final Clock clock;
  private final StringData host;
  private final FileStore disk;
  private HostCounters last;
  private long lastNanos;

  HostRows(Path proc, Clock clock) throws IOException {
    if (!Files.isReadable(proc.resolve("stat"))) {
      throw OrochiException.of(
              OrochiErrorCode.INPUT_NOT_FOUND, "Cannot read " + proc.resolve("stat"))
          .withHint("Host metrics are read from Linux's /proc; use the fleet source elsewhere.");
    }
    this.proc = new ProcCounters(proc);
    this.clock = clock;
    this.host = StringData.fromString(InetAddress.getLocalHost().getHostName());
    this.disk = Files.getFileStore(Path.of("."));
    this.last = this.proc.read();
    this.lastNanos = System.nanoTime();
  }

  /** Percentages of all processors' time, bytes, bytes per second; ts and host are NOT NULL. */
  public static RowType rowType() {
    return new RowType(
        false,
        List.of(
            new RowType.RowField("ts", new LocalZonedTimestampType(false, 6)),
            new RowType.RowField("host", new VarCharType(false, VarCharType.MAX_LENGTH)),
            new RowType.RowField("cpu_user", new DoubleType()),
            new RowType.RowField("cpu_system", new DoubleType()),
            new RowType.RowField("cpu_iowait", new DoubleType()),
            new RowType.RowField("cpu_steal", new DoubleType()),
            new RowType.RowField("cpu_idle", new DoubleType()),
            new RowType.RowField("load_1m", new DoubleType()),
            new RowType.RowField("processes_running", new BigIntType()),
            new RowType.RowField("memory_total", new BigIntType()),
            new RowType.RowField("memory_available", new BigIntType()),
            new RowType.RowField("swap_used", new BigIntType()),
            new RowType.RowField("disk_read_rate", new DoubleType()),
            new RowType.RowField("disk_write_rate", new DoubleType()),
            new RowType.RowField("disk_free", new BigIntType()),
            new RowType.RowField("network_receive_rate", new DoubleType()),
            new RowType.RowField("network_send_rate", new DoubleType())));
  }

  /** One row for the time since the last call. */
  GenericRowData sample() throws IOException {
    HostCounters now = proc.read();
    long nanos = System.nanoTime();
    double seconds = Math.max(1, nanos - lastNanos) / NANOS_PER_SECOND;
    double[] cpu = shares(last.cpuTicks(), now.cpuTicks());
    GenericRowData row =
        GenericRowData.of(
            time(),
            host,
            cpu[0],
            cpu[1],
            cpu[2],
            cpu[3],
            cpu[4],
            now.loadAverage(),
            now.runningProcesses(),
            now.memory()[0],
            now.memory()[1],
            now.memory()[2],
            (now.diskBytes()[0] - last.diskBytes()[0]) / seconds,
            (now.diskBytes()[1] - last.diskBytes()[1]) / seconds,
            disk.getUsableSpace(),
            (now.networkBytes()[0] - last.networkBytes()[0]) / seconds,
            (now.networkBytes()[1] - last.networkBytes()[1]) / seconds);
    last = now;
    lastNanos = nanos;
    return row;
  }

  private TimestampData time() {
    Instant now = clock.instant();
    return TimestampData.fromEpochMillis(
        now.toEpochMilli(), now.getNano() % 1_000_000 / 1000 * 1000);
  }

  private static double[] shares(long[] before, long[] after) {
    double total = 0;
    double[] shares = new double[before.length];
    for (int i = 0; i < before.length; i++) {
      shares[i] = Math.max(0, after[i] - before[i]);
      total += shares[i];
    }
    for (int i = 0; i < shares.length && total > 0; i++) {
      shares[i] = shares[i] / total * 100;
    }
    return shares;
  }
}
