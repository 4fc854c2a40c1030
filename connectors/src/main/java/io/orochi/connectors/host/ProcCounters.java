package io.orochi.connectors.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@link HostCounters} from Linux's /proc; see proc(5). */
final class ProcCounters {
  private static final int SECTOR_BYTES = 512;
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern WHOLE_DISK =
      Pattern.compile("(sd|vd|xvd|hd)[a-z]+|nvme\\d+n\\d+|mmcblk\\d+");

  private final Path proc;

  ProcCounters(Path proc) {
    this.proc = proc;
  }

  HostCounters read() throws IOException {
    List<String> stat = Files.readAllLines(proc.resolve("stat"));
    double load = Double.parseDouble(SPACES.split(Files.readString(proc.resolve("loadavg")))[0]);
    return new HostCounters(
        cpuTicks(stat), load, memory(), diskBytes(), networkBytes(), value(stat, "procs_running"));
  }

  private static long[] cpuTicks(List<String> stat) {
    String[] cpu = SPACES.split(stat.get(0));
    long[] ticks = new long[9];
    for (int i = 1; i < Math.min(cpu.length, 9); i++) {
      ticks[i] = Long.parseLong(cpu[i]);
    }
    return new long[] {
      ticks[1] + ticks[2], ticks[3] + ticks[6] + ticks[7], ticks[5], ticks[8], ticks[4]
    };
  }

  private static long value(List<String> lines, String key) {
    for (String line : lines) {
      if (line.startsWith(key)) {
        return Long.parseLong(SPACES.split(line)[1]);
      }
    }
    return 0;
  }

  private long[] memory() throws IOException {
    List<String> lines = Files.readAllLines(proc.resolve("meminfo"));
    return new long[] {
      value(lines, "MemTotal:") * 1024,
      value(lines, "MemAvailable:") * 1024,
      (value(lines, "SwapTotal:") - value(lines, "SwapFree:")) * 1024
    };
  }

  private long[] diskBytes() throws IOException {
    long read = 0;
    long written = 0;
    Path diskstats = proc.resolve("diskstats");
    if (Files.isReadable(diskstats)) {
      for (String line : Files.readAllLines(diskstats)) {
        String[] field = SPACES.split(line.trim());
        if (field.length > 9 && WHOLE_DISK.matcher(field[2]).matches()) {
          read += Long.parseLong(field[5]) * SECTOR_BYTES;
          written += Long.parseLong(field[9]) * SECTOR_BYTES;
        }
      }
    }
    return new long[] {read, written};
  }

  private long[] networkBytes() throws IOException {
    long received = 0;
    long sent = 0;
    Path devices = proc.resolve("net/dev");
    if (Files.isReadable(devices)) {
      for (String line : Files.readAllLines(devices)) {
        int colon = line.indexOf(':');
        if (colon > 0 && !line.substring(0, colon).trim().equals("lo")) {
          String[] field = SPACES.split(line.substring(colon + 1).trim());
          received += Long.parseLong(field[0]);
          sent += Long.parseLong(field[8]);
        }
      }
    }
    return new long[] {received, sent};
  }
}
