package io.orochi.table.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> KNOWN = List.of("orochi.hypertable", "orochi.order-by");

  @Test
  void findsTheNameWithTheFewestEdits() {
    assertThat(NearestName.of("orochi.hypertabel", KNOWN)).contains("orochi.hypertable");
    assertThat(NearestName.of("OROCHI.ORDERBY", KNOWN)).contains("orochi.order-by");
  }

  @Test
  void findsNothingWhenNothingIsNear() {
    assertThat(NearestName.of("x", KNOWN)).isEmpty();
  }

  @Test
  void hintListsAllNamesWhenNothingIsNear() {
    assertThat(NearestName.hint("x", KNOWN))
        .isEqualTo("Known are orochi.hypertable, orochi.order-by.");
  }

  @Test
  void countsInsertionsDeletionsAndSubstitutions() {
    assertThat(NearestName.edits("kitten", "sitting")).isEqualTo(3);
    assertThat(NearestName.edits("", "abc")).isEqualTo(3);
    assertThat(NearestName.edits("same", "SAME")).isZero();
  }
}
