package io.orochi.table;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.orochi.table", importOptions = DoNotIncludeTests.class)
class TableFormatArchitectureTest {
  @ArchTest
  static final ArchRule FLINK_STAYS_OUT =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule DUCKDB_STAYS_IN_THE_KERNEL =
      noClasses()
          .that()
          .resideOutsideOfPackage("..kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.duckdb..");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.orochi.table.(**)").should().beFreeOfCycles();
}
