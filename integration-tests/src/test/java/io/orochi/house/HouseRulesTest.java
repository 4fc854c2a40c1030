package io.orochi.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
  private static final int FILES_PER_PACKAGE = 20;
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private final SourceRules rules = new SourceRules();

  @Test
  void everySourceFileKeepsTheHouseRules() throws IOException {
    List<String> findings = new ArrayList<>();
    for (Path file : sources()) {
      findings.addAll(rules.findings(ROOT.relativize(file).toString(), Files.readString(file)));
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void noPackageHasTooManyFiles() throws IOException {
    assertThat(crowded(sources())).isEmpty();
  }

  @Test
  void theSourcesAreFound() throws IOException {
    assertThat(sources())
        .anyMatch(file -> file.endsWith("TableCommitter.java"))
        .anyMatch(file -> file.endsWith("HouseRulesTest.java"))
        .noneMatch(file -> file.toString().contains("generated-sources"));
  }

  @Test
  void aFileTooLongFails() {
    assertThat(findings("class A {}\n" + "// more\n".repeat(500)))
        .containsExactly("x/A.java: 501 lines, at most 500");
  }

  @Test
  void aMethodTooLongFails() {
    String body = "    run();\n".repeat(60);
    assertThat(findings("class A {\n  void run() {\n" + body + "  }\n}\n"))
        .containsExactly("x/A.java:2: run: 62 lines, at most 60");
  }

  @Test
  void sleepingFails() {
    assertThat(findings("class A { void run() throws Exception { Thread.sleep(1); } }"))
        .containsExactly("x/A.java:1: Thread.sleep");
  }

  @Test
  void printingAStackTraceFails() {
    assertThat(findings("class A { void run(Throwable t) { t.printStackTrace(); } }"))
        .containsExactly("x/A.java:1: printStackTrace");
  }

  @Test
  void speakingToTheTerminalFailsOutsideTheShell() {
    String source = "class A { void run() { System.out.println(); System.err.println(); } }";
    assertThat(findings(source))
        .containsExactly("x/A.java:1: System.out", "x/A.java:1: System.err");
    assertThat(rules.findings("x/cli/A.java", source)).isEmpty();
  }

  @Test
  void aBooleanParameterFailsUnlessSqlOrAContractAsksForIt() {
    assertThat(findings("class A { public void run(boolean dry) {} private void x(boolean b) {} }"))
        .containsExactly("x/A.java:1: run: boolean parameter dry");
    assertThat(findings("interface A { void run(Boolean dry); }"))
        .containsExactly("x/A.java:1: run: boolean parameter dry");
    assertThat(findings("class A { public void call(Boolean dryRun) {} }")).isEmpty();
    assertThat(findings("class A { @Override public void close(boolean b) {} }")).isEmpty();
  }

  @Test
  void aCrowdedPackageFails() {
    List<Path> files =
        Stream.iterate(0, i -> i + 1).limit(21).map(i -> ROOT.resolve("p/A" + i)).toList();
    assertThat(crowded(files)).containsExactly("p: 21 files, at most 20");
  }

  private List<String> findings(String source) {
    return rules.findings("x/A.java", source);
  }

  private static List<String> crowded(List<Path> files) {
    TreeMap<Path, Long> counts =
        files.stream()
            .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > FILES_PER_PACKAGE)
        .map(e -> ROOT.relativize(e.getKey()) + ": " + e.getValue() + " files, at most 20")
        .toList();
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.filter(m -> Files.exists(m.resolve("pom.xml"))).toList()) {
        for (String nested : List.of("src", "s3/src", "spark/src")) {
          sources.addAll(javaFiles(module.resolve(nested)));
        }
      }
    }
    return sources;
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
