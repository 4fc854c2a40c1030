package io.orochi.gateway.cli.doctor;

import io.orochi.gateway.config.ServerConfig;
import java.lang.management.ManagementFactory;

/** The heap, the kernel and Flink's own memory must fit into the machine together. */
record MemoryCheck(ServerConfig config) implements Check {
  /** The JVM's own default share of the machine for the heap of a server. */
  private static final int HEAP_SHARE = 4;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Finding look() {
    long machine = machineBytes();
    long needed =
        machine / HEAP_SHARE
            + config.kernel().memoryBytes()
            + config.flink().managedBytes()
            + config.flink().networkBytes();
    String text =
        Sizes.show(machine)
            + ", of which a server takes up to "
            + Sizes.show(needed)
            + " (kernel "
            + Sizes.show(config.kernel().memoryBytes())
            + ")";
    return needed <= machine * 9 / 10
        ? new Finding.Fine(text)
        : new Finding.Trouble(text, "Lower kernel.memory or flink.memory in the configuration.");
  }

  private static long machineBytes() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean machine) {
      return machine.getTotalMemorySize();
    }
    return Runtime.getRuntime().maxMemory() * HEAP_SHARE;
  }
}
