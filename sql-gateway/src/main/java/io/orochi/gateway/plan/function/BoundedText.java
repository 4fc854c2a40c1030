package io.orochi.gateway.plan.function;

/**
 * A text that may be looked at so often and not more, because Java's search for some patterns takes
 * time without end, in which nobody could stop it. Belongs to one search.
 */
final class BoundedText implements CharSequence {
  private static final int MOST_LOOKS = 50_000_000;

  private final String text;
  private int looks;

  BoundedText(String text) {
    this.text = text;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (++looks > MOST_LOOKS) {
      throw new IllegalStateException("a pattern takes too long");
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
