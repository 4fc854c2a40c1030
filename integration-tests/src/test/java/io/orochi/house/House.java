package io.orochi.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The arrows of the architecture as ArchUnit rules. */
final class House {
  private House() {}

  /** Each room's package is {@code io.orochi.<name>}; a room may see itself and what it names. */
  enum Room {
    TABLE("table"),
    SKETCHES("sketches"),
    CATALOG("catalog", "table", "sketches"),
    CONNECTORS("connectors", "table"),
    STREAM("stream", "connectors", "catalog", "table", "sketches"),
    BATCH("batch", "connectors", "catalog", "table", "sketches"),
    GATEWAY("gateway", "catalog", "table", "sketches");

    private final String name;
    private final List<String> sees;

    Room(String name, String... sees) {
      this.name = name;
      this.sees = List.of(sees);
    }

    String packages() {
      return "io.orochi." + name + "..";
    }

    ArchRule arrows() {
      String[] hidden =
          Stream.of(values())
              .filter(room -> room != this && !sees.contains(room.name))
              .map(Room::packages)
              .toArray(String[]::new);
      return noClasses()
          .that()
          .resideInAPackage(packages())
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(hidden)
          .as(name + " must not see " + String.join(", ", hidden))
          .allowEmptyShould(true);
    }
  }

  /** A library and the only packages of the house that may use it. */
  enum Library {
    DUCKDB(List.of("org.duckdb.."), List.of("io.orochi.table.kernel..")),
    DEBEZIUM(List.of("io.debezium.."), List.of("io.orochi.connectors..")),
    DATASKETCHES(List.of("org.apache.datasketches.."), List.of("io.orochi.sketches..")),
    FLIGHT(List.of("org.apache.arrow.flight..", "io.grpc.."), List.of("io.orochi.gateway..")),
    HTTP_SERVERS(
        List.of(
            "com.sun.net.httpserver..",
            "io.javalin..",
            "org.eclipse.jetty..",
            "io.undertow..",
            "io.netty.handler.codec.http..",
            "org.apache.flink.runtime.rest..",
            "org.apache.flink.table.gateway.."),
        List.of("io.orochi.gateway..", "io.orochi.catalog.rest..")),
    FLINK(
        List.of("org.apache.flink.."),
        List.of(
            "io.orochi.sketches..",
            "io.orochi.catalog.flink..",
            "io.orochi.connectors..",
            "io.orochi.stream..",
            "io.orochi.batch..",
            "io.orochi.gateway.."));

    private final List<String> packages;
    private final List<String> homes;

    Library(List<String> packages, List<String> homes) {
      this.packages = packages;
      this.homes = homes;
    }

    ArchRule atHome() {
      return noClasses()
          .that()
          .resideOutsideOfPackages(homes.toArray(String[]::new))
          .should()
          .dependOnClassesThat(among(packages))
          .as("only " + homes + " may use " + packages);
    }

    private static DescribedPredicate<JavaClass> among(List<String> packages) {
      return JavaClass.Predicates.resideInAnyPackage(packages.toArray(String[]::new));
    }
  }

  static List<ArchRule> rules() {
    List<ArchRule> rules = new ArrayList<>();
    Stream.of(Room.values()).map(Room::arrows).forEach(rules::add);
    Stream.of(Library.values()).map(Library::atHome).forEach(rules::add);
    rules.add(packagesWithoutCycles());
    rules.add(everyClassInARoom());
    return rules;
  }

  /** A package below another, such as {@code .operator}, counts as part of it. */
  static ArchRule packagesWithoutCycles() {
    return slices()
        .matching("io.orochi.(*).(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true);
  }

  static ArchRule everyClassInARoom() {
    return noClasses()
        .should()
        .resideOutsideOfPackages(
            Stream.of(Room.values()).map(Room::packages).toArray(String[]::new))
        .as("every class must live in a room");
  }
}
