package io.orochi.catalog.metastore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetastoreProcessesITCase {
  @TempDir private Path folder;

  @Test
  void severalProcessesShareOneEmbeddedMetastore() throws Exception {
    String uri = "jdbc:sqlite:" + folder.resolve("metastore.db");
    try (Metastore store = Metastores.open("orochi", MetastoreAddress.of(uri, null, null))) {
      store.compareAndSet(List.of(new MetastoreChange.Create(TestingIncrementer.NUMBER, "0")));
      List<Process> processes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        processes.add(incrementer(uri));
      }
      for (Process process : processes) {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
      }
      assertThat(store.get(TestingIncrementer.NUMBER)).contains("150");
    }
  }

  private Process incrementer(String uri) throws Exception {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx128m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            TestingIncrementer.class.getName(),
            uri,
            "50")
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output-" + System.nanoTime()).toFile())
        .start();
  }
}
