package io.orochi.table.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class StatedBoundsTest {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.optional(1, "d", Types.DoubleType.get()),
          Types.NestedField.optional(2, "f", Types.FloatType.get()),
          Types.NestedField.optional(3, "s", Types.StringType.get()));

  /** A column whose least value is 0 has -0.0 in the footer and 0.0 in the manifest. */
  @Test
  void theTwoZerosAreOne() {
    assertThat(differing(Map.of(1, bound(1, 0.0)), Map.of(1, bound(1, -0.0)))).isEmpty();
    assertThat(differing(Map.of(2, bound(2, 0.0f)), Map.of(2, bound(2, -0.0f)))).isEmpty();
  }

  @Test
  void anyOtherDifferenceIsTold() {
    assertThat(
            differing(
                Map.of(1, bound(1, 0.0), 2, bound(2, 1f), 3, bound(3, "a"), 4, bound(3, "x")),
                Map.of(1, bound(1, 0.5), 2, bound(2, 2f), 3, bound(3, "b"), 4, bound(3, "y"))))
        .containsExactlyInAnyOrder(1, 2, 3, 4);
  }

  @Test
  void aBoundThatOnlyOneSideHasIsNoDifference() {
    assertThat(differing(Map.of(1, bound(1, 0.0)), Map.of(2, bound(2, 1f)))).isEmpty();
    assertThat(differing(null, Map.of(2, bound(2, 1f)))).isEmpty();
  }

  private static List<Integer> differing(
      Map<Integer, ByteBuffer> stated, Map<Integer, ByteBuffer> found) {
    return new StatedBounds(SCHEMA).differing(stated, found);
  }

  private static ByteBuffer bound(int id, Object value) {
    return Conversions.toByteBuffer(SCHEMA.findType(id), value);
  }
}
