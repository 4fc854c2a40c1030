package io.orochi.gateway.kernel;

/** Where the rows of an answer come from. */
public enum Answer {
  /** The result cache. */
  CACHED("hit"),
  /** Computed, and kept if it is not too large. */
  KEPT("miss"),
  /** Computed; it is never kept. */
  NOT_KEPT("not used");

  private final String text;

  Answer(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
