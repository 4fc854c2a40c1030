package io.orochi.stream.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class JobFailureTest {
  @Test
  void aServerThatIsGoneIsNamedInsteadOfItsSocket() {
    assertThat(JobFailure.of("ingest", new CompletionException(new ConnectException("refused"))))
        .hasMessageContaining("OROCHI-5001: Cannot finish \"ingest\"")
        .hasMessageContaining("The server no longer answers: it was stopped, or it died.")
        .hasMessageContaining("Start the server and run this again");
  }

  @Test
  void aCodedFailureOfTheJobIsToldAsItIs() {
    OrochiException coded =
        OrochiException.of(OrochiErrorCode.INPUT_ROW_INVALID, "Invalid record in a.csv, line 2");
    assertThat(JobFailure.of("ingest", new CompletionException(coded))).isSameAs(coded);
  }

  @Test
  void anyOtherFailureIsToldByItsCause() {
    assertThat(JobFailure.of("ingest", new IllegalStateException("why")))
        .hasMessageContaining("why")
        .hasMessageContaining("The server's log says more.");
  }
}
