package io.orochi.table.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Keeps docs/table-options.md equal to the code; {@code -Dorochi.docs.write=true} writes it anew.
 */
class TableOptionsReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "table-options.md");

  @Test
  void documentsEveryOption() throws IOException {
    if (Boolean.getBoolean("orochi.docs.write")) {
      Files.writeString(PAGE, page());
    }
    assertThat(PAGE).hasContent(page());
  }

  private static String page() {
    StringBuilder text =
        new StringBuilder(
            """
            # Table options

            What `CREATE TABLE … WITH (…)` and `ALTER TABLE … SET (…)` accept beside Iceberg's own
            properties. Each is a property of the Iceberg table, so it travels with the table; an
            unknown `orochi.*` key is an error that names the nearest one. This page is generated
            from the code.

            | option | allowed | default | |
            |---|---|---|---|
            """);
    for (TableOption option : TableOptions.all()) {
      text.append(
          String.format(
              "| `%s` | %s | %s | %s |\n",
              option.key(),
              option.range(),
              option.defaultValue().isEmpty() ? "" : "`" + option.defaultValue() + "`",
              option.description()));
    }
    return text.toString();
  }
}
