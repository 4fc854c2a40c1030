package io.orochi.connectors.host;

/**
 * What a host counts since it was started, and what it measures now.
 *
 * @param cpuTicks user (with nice), system (with interrupts), iowait, steal, idle
 * @param loadAverage over one minute; NaN if the system has none
 * @param memory bytes: total, available, used swap
 * @param diskBytes read, written
 * @param networkBytes received, sent; without the loopback device
 * @param runningProcesses processes that run or wait for a processor
 */
record HostCounters(
    long[] cpuTicks,
    double loadAverage,
    long[] memory,
    long[] diskBytes,
    long[] networkBytes,
    long runningProcesses) {}
