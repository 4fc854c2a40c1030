package io.orochi.catalog.secret;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Hides values that would let a reader of logs, errors or DDL sign in somewhere. */
public final class Secrets {
  /** What is shown in the place of a secret. */
  public static final String HIDDEN = "******";

  private static final Pattern SECRET_KEY =
      Pattern.compile("password|passwd|secret|token|credential|access-key|accesskey|api-key|sas-");
  private static final Pattern IN_URI =
      Pattern.compile("(?i)([?&;](?:[^=&;?]*(?:password|secret|token|sslkey)[^=&;]*)=)[^&;]*");
  private static final Pattern USER_INFO = Pattern.compile("(//[^/@:]*:)[^/@]*(@)");

  private Secrets() {}

  /** The same options, sorted, with every secret replaced. */
  public static Map<String, String> redact(Map<String, String> options) {
    Map<String, String> shown = new TreeMap<>();
    options.forEach((key, value) -> shown.put(key, isSecret(key) ? HIDDEN : redactUri(value)));
    return shown;
  }

  public static boolean isSecret(String key) {
    return SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  /** Hides passwords inside a URI; a text without one comes back unchanged. */
  public static String redactUri(String uri) {
    if (uri == null) {
      return "";
    }
    return USER_INFO
        .matcher(IN_URI.matcher(uri).replaceAll("$1" + HIDDEN))
        .replaceAll("$1" + HIDDEN + "$2");
  }
}
