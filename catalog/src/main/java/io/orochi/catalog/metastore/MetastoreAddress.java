package io.orochi.catalog.metastore;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a metastore is and who signs in. The URI never holds a secret: {@link #of} moves a user and
 * a password found there to their own fields.
 *
 * @param user null if the database asks for none
 * @param password null if the database asks for none
 */
public record MetastoreAddress(String jdbcUri, String user, String password) {
  private static final String HIDDEN = "******";
  private static final Pattern SECRET =
      Pattern.compile("(?i)((?:password|secret|token)=)[^&;\\s]*");

  /**
   * @param user wins over a user in the URI; may be null
   * @param password wins over a password in the URI; may be null
   */
  public static MetastoreAddress of(String uri, String user, String password) {
    if (!uri.startsWith("jdbc:sqlite:") && !uri.startsWith("jdbc:postgresql:")) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_OPTION_VALUE,
              "Invalid value for metastore: '" + hideSecrets(uri) + "'")
          .withHint("Use jdbc:sqlite:/path/metastore.db or jdbc:postgresql://host:5432/database.");
    }
    int query = uri.indexOf('?');
    if (query < 0) {
      return new MetastoreAddress(uri, user, password);
    }
    String foundUser = user;
    String foundPassword = password;
    List<String> kept = new ArrayList<>();
    for (String parameter : uri.substring(query + 1).split("&", -1)) {
      if (parameter.startsWith("user=")) {
        foundUser = foundUser == null ? parameter.substring(5) : foundUser;
      } else if (parameter.startsWith("password=")) {
        foundPassword = foundPassword == null ? parameter.substring(9) : foundPassword;
      } else if (!parameter.isEmpty()) {
        kept.add(parameter);
      }
    }
    String base = uri.substring(0, query);
    return new MetastoreAddress(
        kept.isEmpty() ? base : base + "?" + String.join("&", kept), foundUser, foundPassword);
  }

  /** For messages. */
  String shownUri() {
    return hideSecrets(jdbcUri);
  }

  static String hideSecrets(String text) {
    return SECRET.matcher(text).replaceAll("$1" + HIDDEN);
  }

  @Override
  public String toString() {
    return shownUri();
  }
}
