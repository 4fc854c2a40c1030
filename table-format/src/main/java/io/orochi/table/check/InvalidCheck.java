package io.orochi.table.check;

/** Why a condition cannot be enforced; thrown and caught inside this package. */
final class InvalidCheck extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int position;

  /**
   * @param position in the condition, from 0
   */
  InvalidCheck(String reason, int position) {
    super(reason, null, false, false);
    this.position = position;
  }

  int position() {
    return position;
  }
}
