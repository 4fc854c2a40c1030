package io.orochi.table.kernel.deletes;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.kernel.files.LocalFile;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.iceberg.deletes.Deletes;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;

class PositionSetsTest {
  private static final long ROWS = 1_000_000;

  private final AtomicInteger loads = new AtomicInteger();

  @Test
  void aSetHoldsWhatItWasMadeOf() {
    Random random = new Random(3);
    for (int density : new int[] {1, 2, 100, 70_000}) {
      long[] some = LongStream.range(0, ROWS).filter(i -> random.nextInt(density) == 0).toArray();
      PositionDeleteIndex index = index(some);
      PositionSet set = PositionSet.of(index, ROWS).orElseThrow();
      assertThat(LongStream.range(0, ROWS).filter(set::contains).toArray()).isEqualTo(some);
      assertThat(set.bits()).hasSize((int) PositionSet.bytesOf(ROWS));
    }
  }

  @Test
  void theFirstAndTheLastRowOfAFileAreInIt() {
    PositionSet set = PositionSet.of(index(0, 7, 8, ROWS - 1), ROWS).orElseThrow();
    assertThat(LongStream.range(0, ROWS).filter(set::contains))
        .containsExactly(0L, 7L, 8L, ROWS - 1);
  }

  @Test
  void aPositionBehindTheLastRowMakesNoSet() {
    assertThat(PositionSet.of(index(1, ROWS), ROWS)).isEmpty();
    assertThat(PositionSet.of(index(1L << 50), ROWS)).isEmpty();
  }

  @Test
  void aFileIsDecodedOnceUntilItChanges() {
    PositionSets sets = new PositionSets(1 << 20);
    assertThat(load(sets, 1)).isPresent();
    assertThat(load(sets, 1)).isPresent();
    assertThat(loads).hasValue(1);
    assertThat(load(sets, 2)).isPresent();
    assertThat(loads).hasValue(2);
  }

  @Test
  void nothingIsKeptWithoutRoom() {
    PositionSets sets = new PositionSets(0);
    assertThat(load(sets, 1)).isPresent();
  }

  private Optional<PositionSet> load(PositionSets sets, long modified) {
    LocalFile file = new LocalFile("/d.puffin", 100, modified, true);
    PositionSets.Part part = new PositionSets.Part(file, 4L, 40L);
    return sets.of(
        new PositionSets.Key("/a.parquet", ROWS, List.of(part)),
        () -> {
          loads.incrementAndGet();
          return index(5);
        });
  }

  private static PositionDeleteIndex index(long... positions) {
    return Deletes.toPositionIndex(
        CloseableIterable.withNoopClose(LongStream.of(positions).boxed().toList()));
  }
}
