package io.orochi.table.digest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a metadata file carries the digest of its bytes, so the one pointer to a table states
 * what it points to. SPEC.md fixes the form.
 */
public final class MetadataFileName {
  private static final Pattern DIGESTED =
      Pattern.compile("-xxh3-([0-9a-f]{32})-([0-9]{1,18})(\\.gz)?\\.metadata\\.json$");

  private MetadataFileName() {}

  /**
   * @param unique makes equal metadata of two commits two files
   * @param extension begins with a dot
   */
  public static String of(int version, String unique, Digest digest, String extension) {
    return String.format(
        "%05d-%s-xxh3-%016x%016x-%d%s",
        version, unique, digest.high(), digest.low(), digest.length(), extension);
  }

  /** Empty for the metadata file of a foreign writer. */
  public static Optional<Digest> digest(String location) {
    Matcher matcher = DIGESTED.matcher(location);
    return matcher.find()
        ? Digest.parse(matcher.group(1) + "/" + matcher.group(2))
        : Optional.empty();
  }
}
