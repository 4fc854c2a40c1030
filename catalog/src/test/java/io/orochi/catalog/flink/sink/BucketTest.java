package io.orochi.catalog.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class BucketTest {
  private static final int BUCKETS = 16;

  @Test
  void textFallsIntoIcebergsBucket() {
    Random random = new Random(5);
    Bucket bucket = Bucket.of(0, BUCKETS, VarCharType.STRING_TYPE);
    for (int i = 0; i < 2000; i++) {
      String text =
          random
              .ints(random.nextInt(40), 0x20, 0x3000)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      int expected =
          (Integer) Transforms.bucket(BUCKETS).bind(Types.StringType.get()).apply((Object) text);
      assertThat(bucket.of(GenericRowData.of(StringData.fromString(text))))
          .as(text)
          .isEqualTo(expected);
    }
  }

  @Test
  void textInsideALargerSegmentIsHashedWhereItLies() {
    byte[] bytes = "..host_42..".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    BinaryStringData inside =
        BinaryStringData.fromAddress(
            new org.apache.flink.core.memory.MemorySegment[] {MemorySegmentFactory.wrap(bytes)},
            2,
            7);
    assertThat(Bucket.hash(inside)).isEqualTo(Bucket.hash(StringData.fromString("host_42")));
  }

  @Test
  void numbersFallIntoIcebergsBucket() {
    Bucket ints = Bucket.of(0, BUCKETS, new IntType());
    Bucket longs = Bucket.of(0, BUCKETS, new BigIntType());
    for (int i = -500; i < 500; i++) {
      int expected =
          (Integer) Transforms.bucket(BUCKETS).bind(Types.IntegerType.get()).apply((Object) i);
      assertThat(ints.of(GenericRowData.of(i))).isEqualTo(expected);
      assertThat(longs.of(GenericRowData.of((long) i))).isEqualTo(expected);
    }
  }

  @Test
  void nullHasABucketOfItsOwn() {
    GenericRowData row = new GenericRowData(1);
    assertThat(Bucket.of(0, BUCKETS, VarCharType.STRING_TYPE).of(row)).isEqualTo(-1);
  }
}
