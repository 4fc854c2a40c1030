package io.orochi.gateway.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of the repository that is generated from the code: compared in every build, and written
 * anew by {@code mvn -pl sql-gateway -am test -Dorochi.docs.write=true}.
 */
final class GeneratedFile {
  private final Path path;

  /**
   * @param name relative to the repository
   */
  GeneratedFile(String name) {
    this.path = Path.of("..").resolve(name);
  }

  void isUpToDateWith(String text) throws IOException {
    if (Boolean.getBoolean("orochi.docs.write")) {
      Files.writeString(path, text, UTF_8);
    }
    assertThat(path)
        .as("%s is generated; write it anew with -Dorochi.docs.write=true", path)
        .content(UTF_8)
        .isEqualTo(text);
  }
}
