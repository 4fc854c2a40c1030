package io.orochi.gateway.cli.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Statements to run in order.
 *
 * @param name of the file, as errors show it
 */
public record Script(String name, List<Statement> statements) {
  public Script {
    statements = List.copyOf(statements);
  }

  /** The text of one {@code -e}. */
  public static Script ofArgument(String text) {
    return new Script("-e", StatementSplitter.split(text));
  }

  /**
   * @throws OrochiException INPUT_NOT_FOUND
   */
  public static Script ofFile(Path file) {
    try {
      return new Script(file.toString(), StatementSplitter.split(Files.readString(file, UTF_8)));
    } catch (IOException e) {
      throw OrochiException.of(OrochiErrorCode.INPUT_NOT_FOUND, "Cannot read script: " + file)
          .withDetail(String.valueOf(e))
          .withHint("Give the path of a readable UTF-8 text file.")
          .causedBy(e);
    }
  }

  /** Reads to the end of the stream. */
  public static Script ofStream(InputStream input) throws IOException {
    String text = new String(input.readAllBytes(), UTF_8);
    return new Script("standard input", StatementSplitter.split(text));
  }
}
