package io.orochi.catalog.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.catalog.flink.functions.FunctionSpec;
import io.orochi.catalog.flink.functions.Functions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SqlReferenceTest {
  private static final Path PAGE =
      Path.of("").toAbsolutePath().getParent().resolve("docs/sql-reference.md");

  /** Run with {@code -Dorochi.docs.update=true} to write the page anew. */
  @Test
  void thePageIsWhatTheCodeSays() throws Exception {
    if (Boolean.getBoolean("orochi.docs.update")) {
      Files.writeString(PAGE, SqlReference.markdown());
    }
    assertThat(PAGE).hasContent(SqlReference.markdown());
  }

  @Test
  void everyFunctionIsDescribed() {
    assertThat(
            Stream.of(Functions.time(), Functions.layout(), Functions.summaries())
                .flatMap(List::stream)
                .map(FunctionSpec::name))
        .containsExactlyInAnyOrderElementsOf(Functions.definitions().keySet());
    assertThat(Functions.summaries()).allMatch(function -> function.definition() != null);
  }
}
