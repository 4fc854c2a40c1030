package io.orochi.gateway.cli.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.concurrent.ExecutionException;
import org.apache.arrow.flight.CallStatus;
import org.junit.jupiter.api.Test;

class ErrorReportTest {
  @Test
  void findsTheUsersErrorBelowOthers() {
    OrochiException error =
        OrochiException.of(OrochiErrorCode.PORT_IN_USE, "Cannot listen on port 1")
            .withDetail("Another program does.")
            .withHint("Use --ports auto.");
    assertThat(ErrorReport.of(new ExecutionException(error)))
        .isEqualTo(
            "OROCHI-8001: Cannot listen on port 1\n"
                + "DETAIL: Another program does.\n"
                + "HINT: Use --ports auto.");
  }

  @Test
  void printsTheServersErrorAsItWasSent() {
    assertThat(
            ErrorReport.of(
                CallStatus.INVALID_ARGUMENT
                    .withDescription("OROCHI-7002: Invalid column: x\nHINT: Nearest is y.")
                    .toRuntimeException()))
        .isEqualTo("OROCHI-7002: Invalid column: x\nHINT: Nearest is y.");
  }

  @Test
  void aServerThatIsGoneIsNamed() {
    assertThat(
            ErrorReport.of(CallStatus.UNAVAILABLE.withDescription("refused").toRuntimeException()))
        .startsWith("OROCHI-8002: Cannot reach the server");
  }

  @Test
  void anythingElseIsADefectWithAdvice() {
    assertThat(ErrorReport.of(new IllegalStateException("odd")))
        .startsWith("OROCHI-7009: Cannot go on: IllegalStateException")
        .contains("DETAIL: odd", "HINT: Run the command with --verbose");
  }
}
