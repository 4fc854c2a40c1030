package io.orochi.catalog.flink.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.junit.jupiter.api.Test;

class PinnedDefinitionsTest {
  private final PinnedDefinitions definitions = new PinnedDefinitions();
  private int loads;

  @Test
  void oneWorkSeesOneDefinitionAndTheNextWorkAnother() {
    List<CatalogBaseTable> seen = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      definitions.during(
          () -> {
            seen.add(get());
            return definitions.during(() -> seen.add(get()));
          });
    }

    assertThat(seen).hasSize(4);
    assertThat(seen.get(1)).isSameAs(seen.get(0));
    assertThat(seen.get(2)).isNotSameAs(seen.get(0));
    assertThat(seen.get(3)).isSameAs(seen.get(2));
    assertThat(loads).isEqualTo(2);
  }

  @Test
  void nothingIsPinnedOutsideOfWork() {
    get();
    get();

    assertThat(loads).isEqualTo(2);
  }

  @Test
  void aTableThatIsNotThereMayComeDuringTheWork() {
    definitions.during(
        () -> {
          assertThatThrownBy(
                  () ->
                      definitions.get(
                          "t",
                          () -> {
                            throw new TableNotExistException("c", new ObjectPath("d", "t"));
                          }))
              .isInstanceOf(TableNotExistException.class);
          return assertThat(get()).isNotNull();
        });
  }

  private CatalogBaseTable get() {
    try {
      return definitions.get("t", this::load);
    } catch (TableNotExistException absent) {
      throw new IllegalStateException(absent);
    }
  }

  private CatalogBaseTable load() {
    loads++;
    return CatalogTable.newBuilder().schema(Schema.newBuilder().build()).build();
  }
}
