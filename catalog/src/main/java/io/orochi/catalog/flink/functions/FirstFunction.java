package io.orochi.catalog.flink.functions;

/** {@code first(value, time)}: the value of the row with the least time. */
public final class FirstFunction extends ValueByTime {
  private static final long serialVersionUID = 1L;

  @Override
  boolean counts(int comparedWithKept) {
    return comparedWithKept < 0;
  }

  @Override
  String name() {
    return "first";
  }
}
