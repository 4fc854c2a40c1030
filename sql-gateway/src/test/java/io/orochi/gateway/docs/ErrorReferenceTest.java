package io.orochi.gateway.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.error.ErrorType;
import io.orochi.table.error.OrochiErrorCode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ErrorReferenceTest {
  private static final String ADVICE = "/io/orochi/gateway/docs/error-advice.properties";

  @Test
  void documentsEveryCode() throws Exception {
    new GeneratedFile("docs/errors.md").isUpToDateWith(page(advice()));
  }

  @Test
  void advisesOnEveryCodeAndNoOther() throws Exception {
    assertThat(advice().stringPropertyNames())
        .as("the keys of " + ADVICE)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(OrochiErrorCode.values()).map(Enum::name).toList());
  }

  private static String page(Properties advice) {
    StringBuilder text = new StringBuilder();
    text.append("# Errors\n\n");
    text.append(
        """
        Every failure a user can see has a code, a message, often a DETAIL with the facts and a HINT
        what to do. All doors show all four: the shell on standard error, Flight SQL, JDBC and REST in
        the text of the error. Numbers are never reused. This page is generated from the code.

        | code | name | who acts | what it means and what to do |
        |---|---|---|---|
        """);
    for (OrochiErrorCode code : OrochiErrorCode.values()) {
      text.append(
          String.format(
              "| OROCHI-%d | %s | %s | %s |\n",
              code.number(), code, whoActs(code.type()), advice.getProperty(code.name(), "")));
    }
    return text.toString();
  }

  private static String whoActs(ErrorType type) {
    return switch (type) {
      case USER -> "the user";
      case RESOURCE -> "the user asks for less, or the operator raises a limit";
      case EXTERNAL -> "the operator: something outside failed";
      case CORRUPTION -> "the operator: stored data is damaged";
      case INTERNAL -> "the developers: a defect";
    };
  }

  private static Properties advice() throws IOException {
    Properties advice = new Properties();
    try (Reader reader =
        new InputStreamReader(ErrorReferenceTest.class.getResourceAsStream(ADVICE), UTF_8)) {
      advice.load(reader);
    }
    return advice;
  }
}
