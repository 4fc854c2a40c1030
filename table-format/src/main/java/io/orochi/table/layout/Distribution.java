package io.orochi.table.layout;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How rows are spread over shards. */
public sealed interface Distribution {
  /** One shard holds every row. */
  Distribution NONE = new Single();

  /** The shards of a table that is distributed without a number. */
  int SHARDS_DEFAULT = 32;

  int SHARDS_MAX = 1024;

  /** The number of shards, 1 when not distributed. */
  int shards();

  /**
   * Reads {@code bucket[16](host)} or {@code none}.
   *
   * @throws OrochiException INVALID_OPTION_VALUE
   */
  static Distribution parse(String text) {
    String trimmed = text.strip();
    if (trimmed.equalsIgnoreCase("none")) {
      return NONE;
    }
    Matcher bucket = Hash.TEXT.matcher(trimmed);
    if (!bucket.matches()) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_OPTION_VALUE, "Invalid distribution: " + text)
          .withDetail("A distribution is none or bucket[shards](column).")
          .withHint("Use DISTRIBUTED BY HASH(column) INTO n BUCKETS in CREATE TABLE.");
    }
    return new Hash(bucket.group(2).strip(), Integer.parseInt(bucket.group(1)));
  }

  record Single() implements Distribution {
    @Override
    public int shards() {
      return 1;
    }

    @Override
    public String toString() {
      return "none";
    }
  }

  /** Iceberg's {@code bucket[shards](column)}; {@code shards} is 1 to 1024. */
  record Hash(String column, int shards) implements Distribution {
    private static final Pattern TEXT =
        Pattern.compile("bucket\\[(\\d{1,9})]\\((.+)\\)", Pattern.CASE_INSENSITIVE);

    public Hash {
      Objects.requireNonNull(column);
      if (shards < 1 || shards > SHARDS_MAX) {
        throw OrochiException.of(
                OrochiErrorCode.INVALID_OPTION_VALUE, "Invalid number of shards: " + shards)
            .withDetail("A table has 1 to " + SHARDS_MAX + " shards.")
            .withHint("Choose about one shard for each core that reads the table.");
      }
    }

    /** A text that {@link Distribution#parse} reads back to the same value. */
    @Override
    public String toString() {
      return "bucket[" + shards + "](" + column + ")";
    }
  }
}
