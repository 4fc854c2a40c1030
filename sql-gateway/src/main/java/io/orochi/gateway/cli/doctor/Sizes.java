package io.orochi.gateway.cli.doctor;

import java.util.Locale;

/** Bytes as people read them. */
final class Sizes {
  private static final long MEGABYTE = 1L << 20;
  private static final long GIGABYTE = 1L << 30;

  private Sizes() {}

  static String show(long bytes) {
    return bytes >= GIGABYTE
        ? String.format(Locale.ROOT, "%.1f GB", (double) bytes / GIGABYTE)
        : String.format(Locale.ROOT, "%d MB", bytes / MEGABYTE);
  }
}
