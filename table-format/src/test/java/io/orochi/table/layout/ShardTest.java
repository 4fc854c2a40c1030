package io.orochi.table.layout;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class ShardTest {
  /** The hash values of the Iceberg specification, appendix B. */
  @Test
  void agreesWithTheIcebergSpecification() {
    assertThat(Shard.of(Types.LongType.get(), 34L, 1024).number()).isEqualTo(2017239379 % 1024);
    assertThat(Shard.of(Types.StringType.get(), "iceberg", 1024).number())
        .isEqualTo(1210000089 % 1024);
  }

  @Test
  void aNullKeyCountsWithTheFirstShard() {
    assertThat(Shard.of(Types.StringType.get(), null, 16)).isEqualTo(new Shard(0));
  }

  @Property
  void aShardLiesWithinTheirNumber(
      @ForAll String key, @ForAll @IntRange(min = 1, max = 1024) int shards) {
    assertThat(Shard.of(Types.StringType.get(), key, shards).number()).isBetween(0, shards - 1);
  }
}
