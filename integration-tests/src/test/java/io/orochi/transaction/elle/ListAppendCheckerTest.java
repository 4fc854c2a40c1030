package io.orochi.transaction.elle;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.transaction.elle.ListHistory.End;
import io.orochi.transaction.elle.ListHistory.Step;
import io.orochi.transaction.elle.ListHistory.Step.Append;
import io.orochi.transaction.elle.ListHistory.Step.Read;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListAppendCheckerTest {
  private final ListHistory history = new ListHistory();

  @Test
  void oneAfterTheOtherIsSerializable() {
    committed(append(1, 10), append(2, 20));
    committed(read(1, 10), append(1, 11));
    committed(read(1, 10, 11), read(2, 20));
    assertThat(anomalies()).isEmpty();
  }

  @Test
  void writesInDifferentOrdersAreADirtyWrite() {
    committed(append(1, 10), append(2, 20));
    committed(append(1, 11), append(2, 21));
    committed(read(1, 10, 11), read(2, 21, 20));
    assertThat(anomalies()).anyMatch(found -> found.startsWith("G0"));
  }

  @Test
  void whatAnAbortedTransactionWroteMustNotBeRead() {
    aborted(append(1, 10));
    committed(read(1, 10));
    assertThat(anomalies()).anyMatch(found -> found.startsWith("G1a"));
  }

  @Test
  void aHalfOfATransactionMustNotBeRead() {
    committed(append(1, 10), append(1, 11));
    committed(read(1, 10));
    committed(read(1, 10, 11));
    assertThat(anomalies()).anyMatch(found -> found.startsWith("G1b"));
  }

  @Test
  void informationMustNotFlowInACircle() {
    committed(append(1, 10), read(2, 20));
    committed(append(2, 20), read(1, 10));
    assertThat(anomalies()).anyMatch(found -> found.startsWith("G1c"));
  }

  @Test
  void oldAndNewTogetherAreReadSkew() {
    committed(read(1), read(2, 20));
    committed(append(1, 10), append(2, 20));
    committed(read(1, 10), read(2, 20));
    assertThat(anomalies()).anyMatch(found -> found.startsWith("G-single"));
  }

  @Test
  void twoThatMissEachOtherAreWriteSkew() {
    committed(read(1), append(2, 20));
    committed(read(2), append(1, 10));
    committed(read(1, 10), read(2, 20));
    assertThat(anomalies()).anyMatch(found -> found.startsWith("G2"));
  }

  @Test
  void anUpdateMustNotBeLost() {
    committed(read(1), append(1, 10));
    committed(read(1), append(1, 11));
    committed(read(1, 11));
    assertThat(anomalies()).anyMatch(found -> found.startsWith("lost append"));
  }

  @Test
  void readsMustAgreeOnOneOrder() {
    committed(append(1, 10));
    committed(append(1, 11));
    committed(read(1, 10, 11));
    committed(read(1, 11));
    assertThat(anomalies()).anyMatch(found -> found.startsWith("incompatible order"));
  }

  private List<String> anomalies() {
    return ListAppendChecker.anomalies(history);
  }

  private void committed(Step... steps) {
    history.add(End.COMMITTED, List.of(steps));
  }

  private void aborted(Step... steps) {
    history.add(End.ABORTED, List.of(steps));
  }

  private static Step append(int key, int value) {
    return new Append(key, value);
  }

  private static Step read(int key, Integer... values) {
    return new Read(key, List.of(values));
  }
}
