package io.orochi.table.layout;

import org.apache.iceberg.transforms.PartitionSpecVisitor;

/** Takes the time column and the distribution from a partition spec, as far as it has them. */
final class SpecReader implements PartitionSpecVisitor<Void> {
  private String timeColumn;
  private Distribution distribution = Distribution.NONE;

  SpecReader(String timeColumnIfNone) {
    this.timeColumn = timeColumnIfNone;
  }

  String timeColumn() {
    return timeColumn;
  }

  Distribution distribution() {
    return distribution;
  }

  @Override
  public Void identity(int fieldId, String sourceName, int sourceId) {
    return null;
  }

  @Override
  public Void bucket(int fieldId, String sourceName, int sourceId, int shards) {
    if (distribution.equals(Distribution.NONE) && shards <= Distribution.SHARDS_MAX) {
      distribution = new Distribution.Hash(sourceName, shards);
    }
    return null;
  }

  @Override
  public Void truncate(int fieldId, String sourceName, int sourceId, int width) {
    return null;
  }

  @Override
  public Void year(int fieldId, String sourceName, int sourceId) {
    return time(sourceName);
  }

  @Override
  public Void month(int fieldId, String sourceName, int sourceId) {
    return time(sourceName);
  }

  @Override
  public Void day(int fieldId, String sourceName, int sourceId) {
    return time(sourceName);
  }

  @Override
  public Void hour(int fieldId, String sourceName, int sourceId) {
    return time(sourceName);
  }

  @Override
  public Void alwaysNull(int fieldId, String sourceName, int sourceId) {
    return null;
  }

  @Override
  public Void unknown(int fieldId, String sourceName, int sourceId, String transform) {
    return null;
  }

  private Void time(String sourceName) {
    timeColumn = sourceName;
    return null;
  }
}
