package io.orochi.catalog.storage;

import io.orochi.catalog.secret.Secrets;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Cuts the values of secret options out of texts that others have made. */
record Hidden(List<String> secrets) {
  private static final int SHORTEST = 4;

  static Hidden of(Map<String, String> options) {
    return new Hidden(
        options.entrySet().stream()
            .filter(option -> Secrets.isSecret(option.getKey()))
            .map(Map.Entry::getValue)
            .filter(value -> value.length() >= SHORTEST)
            .toList());
  }

  String in(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown = shown.replace(secret, Secrets.HIDDEN);
    }
    return shown;
  }

  /** The failure for logs: itself, or its text alone if that would tell a secret. */
  Throwable cause(Throwable failure) {
    Throwable t = failure;
    for (int depth = 0; t != null && depth < 64; depth++, t = t.getCause()) {
      String text = String.valueOf(t.getMessage());
      if (!in(text).equals(text)) {
        return new IOException(t.getClass().getName() + ": " + in(text));
      }
    }
    return failure;
  }

  @Override
  public String toString() {
    return "Hidden[" + secrets.size() + " secrets]";
  }
}
