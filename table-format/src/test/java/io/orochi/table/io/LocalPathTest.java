package io.orochi.table.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {
  @ParameterizedTest
  @ValueSource(strings = {"/data/a b/100%/t", "file:/data/a b/100%/t", "file:///data/a b/100%/t"})
  void aLocationIsTakenToTheLetter(String location) {
    assertThat(LocalPath.of(location)).contains(Path.of("/data/a b/100%/t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://bucket/t", "data/t", ""})
  void anotherStoreHasNoPath(String location) {
    assertThat(LocalPath.of(location)).isEmpty();
  }
}
