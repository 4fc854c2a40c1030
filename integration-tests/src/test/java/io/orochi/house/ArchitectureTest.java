package io.orochi.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.orochi");

  @TempDir private Path folder;

  static Stream<ArchRule> rules() {
    return House.rules().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void theHouseKeeps(ArchRule rule) {
    rule.check(HOUSE);
  }

  @Test
  void theHouseIsNotEmpty() {
    assertThat(HOUSE)
        .extracting(type -> type.getPackageName())
        .contains("io.orochi.table.commit", "io.orochi.gateway.plan");
  }

  @ParameterizedTest
  @CsvSource({
    "TABLE, io.orochi.table.A, io.orochi.catalog.B",
    "SKETCHES, io.orochi.sketches.A, io.orochi.table.B",
    "CATALOG, io.orochi.catalog.A, io.orochi.connectors.B",
    "CONNECTORS, io.orochi.connectors.A, io.orochi.catalog.B",
    "STREAM, io.orochi.stream.A, io.orochi.batch.B",
    "BATCH, io.orochi.batch.A, io.orochi.gateway.B",
    "GATEWAY, io.orochi.gateway.A, io.orochi.stream.B",
  })
  void anArrowTheWrongWayFails(House.Room room, String from, String to) throws Exception {
    JavaClasses wrong = TinyHouse.of(folder, from + " -> " + to, to);
    assertThatThrownBy(() -> room.arrows().check(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(from)
        .hasMessageContaining("must not see");
  }

  @ParameterizedTest
  @CsvSource({
    "DUCKDB, org.duckdb.X, io.orochi.table.commit.A, io.orochi.table.kernel.A",
    "DEBEZIUM, io.debezium.X, io.orochi.stream.A, io.orochi.connectors.A",
    "DATASKETCHES, org.apache.datasketches.hll.X, io.orochi.catalog.A, io.orochi.sketches.A",
    "FLIGHT, org.apache.arrow.flight.X, io.orochi.catalog.A, io.orochi.gateway.flight.A",
    "HTTP_SERVERS, io.javalin.X, io.orochi.catalog.info.A, io.orochi.catalog.rest.A",
    "FLINK, org.apache.flink.X, io.orochi.catalog.info.A, io.orochi.catalog.flink.sink.A",
    "FLINK, org.apache.flink.X, io.orochi.table.layout.A, io.orochi.batch.A",
  })
  void aLibraryAwayFromHomeFails(
      House.Library library, String used, String wrongPlace, String rightPlace) throws Exception {
    JavaClasses right = TinyHouse.of(folder.resolve("r"), rightPlace + " -> " + used, used);
    library.atHome().check(right);

    JavaClasses wrong = TinyHouse.of(folder.resolve("w"), wrongPlace + " -> " + used, used);
    assertThatThrownBy(() -> library.atHome().check(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(wrongPlace)
        .hasMessageContaining("may use");
  }

  @Test
  void aCycleOfPackagesFails() throws Exception {
    JavaClasses wrong =
        TinyHouse.of(
            folder,
            "io.orochi.table.a.A -> io.orochi.table.b.B",
            "io.orochi.table.b.B -> io.orochi.table.a.A");
    assertThatThrownBy(() -> House.packagesWithoutCycles().check(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Cycle detected");
  }

  @Test
  void aClassOutsideEveryRoomFails() throws Exception {
    JavaClasses wrong = TinyHouse.of(folder, "io.orochi.util.A");
    assertThatThrownBy(() -> House.everyClassInARoom().check(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("io.orochi.util.A");
  }
}
