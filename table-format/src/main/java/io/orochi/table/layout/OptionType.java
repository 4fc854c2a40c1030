package io.orochi.table.layout;

import io.orochi.table.check.CheckConstraint;
import io.orochi.table.check.Checks;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.Schema;

/** What the text of an option's value must be. */
public sealed interface OptionType {
  /** The allowed values, in words. */
  String range();

  /**
   * @throws OrochiException if {@code value} is not allowed for a table of this schema
   */
  void check(String key, String value, Schema schema);

  /** {@code true} or {@code false}. */
  record Switch() implements OptionType {
    @Override
    public String range() {
      return "true or false";
    }

    @Override
    public void check(String key, String value, Schema schema) {
      String lower = value.strip().toLowerCase(Locale.ROOT);
      if (!lower.equals("true") && !lower.equals("false")) {
        throw invalid(key, value, range());
      }
    }
  }

  /** A {@link Dedup}. */
  record Duplicates() implements OptionType {
    @Override
    public String range() {
      return String.join(", ", Dedup.texts());
    }

    @Override
    public void check(String key, String value, Schema schema) {
      if (Dedup.parse(value).isEmpty()) {
        throw invalid(key, value, range());
      }
    }
  }

  /** Any text that is not empty. */
  record Name() implements OptionType {
    @Override
    public String range() {
      return "a name";
    }

    @Override
    public void check(String key, String value, Schema schema) {
      if (value.isBlank()) {
        throw invalid(key, value, range());
      }
    }
  }

  /** A whole number, both bounds included. */
  record WholeNumber(long minimum, long maximum) implements OptionType {
    @Override
    public String range() {
      return minimum + " to " + maximum;
    }

    @Override
    public void check(String key, String value, Schema schema) {
      try {
        long number = Long.parseLong(value.strip());
        if (number >= minimum && number <= maximum) {
          return;
        }
      } catch (NumberFormatException notANumber) {
        throw invalid(key, value, "a whole number, " + range()).causedBy(notANumber);
      }
      throw invalid(key, value, "a whole number, " + range());
    }
  }

  /** A positive interval. */
  record Interval() implements OptionType {
    @Override
    public String range() {
      return "a positive interval, such as 30 minutes, 7 d or 1 month";
    }

    @Override
    public void check(String key, String value, Schema schema) {
      try {
        IntervalText.parse(value);
      } catch (OrochiException notAnInterval) {
        throw invalid(key, value, range()).causedBy(notAnInterval);
      }
    }
  }

  /** A {@link ChunkInterval}. */
  record ChunkLength() implements OptionType {
    @Override
    public String range() {
      return "a multiple of an hour or of a month, up to " + ChunkInterval.MAX_YEARS + " years";
    }

    @Override
    public void check(String key, String value, Schema schema) {
      ChunkInterval.parse(value);
    }
  }

  /** The name of a timestamp column. */
  record TimeColumn() implements OptionType {
    @Override
    public String range() {
      return "a TIMESTAMP or TIMESTAMP_LTZ column of the table";
    }

    @Override
    public void check(String key, String value, Schema schema) {
      Columns.requireTime(schema, value);
    }
  }

  /** Names of columns, separated by commas. */
  record ColumnList() implements OptionType {
    static List<String> split(String value) {
      return Arrays.stream(value.split(",")).map(String::strip).filter(c -> !c.isEmpty()).toList();
    }

    @Override
    public String range() {
      return "columns of the table, separated by commas";
    }

    @Override
    public void check(String key, String value, Schema schema) {
      List<String> columns = split(value);
      if (columns.isEmpty() || columns.stream().distinct().count() < columns.size()) {
        throw invalid(key, value, range() + ", each once");
      }
      columns.forEach(column -> Columns.require(schema, key, column));
    }
  }

  /** Columns whose equal values have equal bytes. */
  record BloomColumns() implements OptionType {
    @Override
    public String range() {
      return "columns of the table, separated by commas: text, bytes, whole numbers, DECIMAL of up"
          + " to 18 digits, DATE and timestamps of microseconds";
    }

    @Override
    public void check(String key, String value, Schema schema) {
      new ColumnList().check(key, value, schema);
      for (String column : ColumnList.split(value)) {
        if (!BloomFilterColumns.canHave(schema.asStruct().fieldType(column))) {
          throw invalid(key, value, range());
        }
      }
    }
  }

  /** A {@link Distribution}. */
  record Spread() implements OptionType {
    @Override
    public String range() {
      return "none or bucket[n](column), n from 1 to " + Distribution.SHARDS_MAX;
    }

    @Override
    public void check(String key, String value, Schema schema) {
      if (Distribution.parse(value) instanceof Distribution.Hash hash) {
        Columns.requireHashable(schema, hash);
      }
    }
  }

  /** The condition of a {@link CheckConstraint}. */
  record Condition() implements OptionType {
    @Override
    public String range() {
      return "a condition on the table's columns";
    }

    @Override
    public void check(String key, String value, Schema schema) {
      CheckConstraint.parse(Checks.nameOf(key), value, schema);
    }
  }

  private static OrochiException invalid(String key, String value, String range) {
    return OrochiException.of(
            OrochiErrorCode.INVALID_OPTION_VALUE, "Invalid value of " + key + ": " + value)
        .withDetail("Allowed: " + range + ".")
        .withHint("Correct the value, or leave the option out for its default.");
  }
}
