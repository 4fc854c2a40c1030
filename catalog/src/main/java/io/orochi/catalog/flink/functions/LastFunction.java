package io.orochi.catalog.flink.functions;

/** {@code last(value, time)}: the value of the row with the greatest time. */
public final class LastFunction extends ValueByTime {
  private static final long serialVersionUID = 1L;

  @Override
  boolean counts(int comparedWithKept) {
    return comparedWithKept > 0;
  }

  @Override
  String name() {
    return "last";
  }
}
