package io.orochi.stream.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogsTest {
  @Test
  void aTableIsNamedAloneOrWithItsDatabase() {
    assertThat(Catalogs.identifier("cpu")).isEqualTo(TableIdentifier.of("default", "cpu"));
    assertThat(Catalogs.identifier("plant.cpu")).isEqualTo(TableIdentifier.of("plant", "cpu"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"orochi.plant.cpu", "plant.", ".cpu", " ", "."})
  void anyOtherNameIsRefused(String name) {
    assertThatThrownBy(() -> Catalogs.identifier(name))
        .hasMessageContaining("OROCHI-3006: Invalid table name: " + name);
  }
}
