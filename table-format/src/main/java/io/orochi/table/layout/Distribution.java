package io.orochi.table.layout;

/** How rows are spread over shards. */
public sealed interface Distribution {
  /** One shard holds every row. */
  Distribution NONE = new Single();

  /** The number of shards, 1 when not distributed. */
  int shards();

  record Single() implements Distribution {
    @Override
    public int shards() {
      return 1;
    }
  }

  /** Iceberg's {@code bucket[shards](column)}; {@code shards} is 1 to 1024. */
  record Hash(String column, int shards) implements Distribution {}
}
