package io.orochi.table.kernel.exec;

/** Names of temp objects, each given once. One per session. */
public final class TempNames {
  private int given;

  /** A name that needs no quotes. */
  public String next() {
    return "orochi_" + ++given;
  }

  /** How many names were given. */
  public int given() {
    return given;
  }
}
