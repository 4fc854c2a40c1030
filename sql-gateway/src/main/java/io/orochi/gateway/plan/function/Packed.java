package io.orochi.gateway.plan.function;

/** Two operands of a function that takes its operands after the first as one text. */
record Packed(String first, String second) {
  /** {@code number:text}. */
  static Packed numbered(String packed) {
    int colon = packed.indexOf(':');
    return new Packed(packed.substring(0, colon), packed.substring(colon + 1));
  }

  /** {@code length:firstsecond}, the length in code points. */
  static Packed texts(String packed) {
    Packed both = numbered(packed);
    String texts = both.second();
    int end = texts.offsetByCodePoints(0, Integer.parseInt(both.first()));
    return new Packed(texts.substring(0, end), texts.substring(end));
  }
}
