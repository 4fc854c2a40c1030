package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that another writer made and a table took over as they are. */
class ForeignFilesTest {
  private static final Schema SCHEMA =
      new Schema(
          NestedField.optional(1, "id", Types.LongType.get()),
          NestedField.optional(2, "region", Types.StringType.get()));

  @TempDir Path folder;
  private TestingKernel kernel;
  private Table table;

  @BeforeEach
  void open() {
    kernel = TestingKernel.over(folder);
    table =
        new TestingLake(folder)
            .create("t", 2, SCHEMA, PartitionSpec.builderFor(SCHEMA).identity("region").build());
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  private void addFile(String name, String select, String options, String region)
      throws SQLException, IOException {
    Path path = folder.resolve(name);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + select + ") TO '" + path + "' (FORMAT parquet" + options + ")");
    }
    DataFile file =
        DataFiles.builder(table.spec())
            .withPath(path.toString())
            .withFileSizeInBytes(Files.size(path))
            .withFormat(FileFormat.PARQUET)
            .withPartitionPath("region=" + region)
            .withRecordCount(2)
            .build();
    table.newAppend().appendFile(file).commit();
  }

  private void mapNames() {
    table
        .updateProperties()
        .set(
            TableProperties.DEFAULT_NAME_MAPPING,
            NameMappingParser.toJson(MappingUtil.create(table.schema())))
        .commit();
  }

  @Test
  void aPartitionColumnThatAFileLacksComesFromItsPartition() throws Exception {
    addFile("a.parquet", "SELECT range::BIGINT id FROM range(2)", ", FIELD_IDS {id: 1}", "eu");
    addFile("b.parquet", "SELECT range::BIGINT id FROM range(2)", ", FIELD_IDS {id: 1}", "it's");
    assertThat(kernel.rows(table)).containsExactly("{0|eu}", "{0|it's}", "{1|eu}", "{1|it's}");
  }

  /** By id such a file would read as NULLs, silently. */
  @Test
  void aFileWithoutFieldIdsIsReadByTheTablesNameMapping() throws Exception {
    mapNames();
    addFile("a.parquet", "SELECT range::INT id, 'zz' other FROM range(2)", "", "eu");
    table.updateSchema().renameColumn("id", "number").commit();
    assertThat(kernel.rows(table)).containsExactly("{0|eu}", "{1|eu}");
  }

  @Test
  void deletesApplyToFilesWithoutFieldIds() throws Exception {
    mapNames();
    addFile("a.parquet", "SELECT range::INT id FROM range(2)", "", "eu");
    TestingLake.deletePositions(table, TestingLake.tasks(table).get(0).file(), 0);
    assertThat(kernel.rows(table)).containsExactly("{1|eu}");
  }

  @Test
  void aFileWithoutFieldIdsAndMappingIsLeftToAnotherEngine() throws Exception {
    addFile("a.parquet", "SELECT range::BIGINT id FROM range(2)", "", "eu");
    assertThatThrownBy(() -> kernel.rows(table))
        .hasMessageContaining("no field ids and the table has no name mapping")
        .extracting(failure -> ((OrochiException) failure).code())
        .isEqualTo(OrochiErrorCode.KERNEL_CANNOT_READ);
  }

  @Test
  void aFileWhosePathLooksLikeAPatternIsReadAlone() throws Exception {
    addFile("a-b.parquet", "SELECT range::BIGINT id FROM range(2)", ", FIELD_IDS {id: 1}", "other");
    table
        .newDelete()
        .deleteFromRowFilter(org.apache.iceberg.expressions.Expressions.alwaysTrue())
        .commit();
    addFile("a*.parquet", "SELECT range::BIGINT id FROM range(2)", ", FIELD_IDS {id: 1}", "eu");
    assertThat(kernel.rows(table)).containsExactly("{0|eu}", "{1|eu}");
  }

  @Test
  void columnsThatDifferInCaseOnlyAreLeftToAnotherEngine() {
    Table cased =
        new TestingLake(folder)
            .create(
                "cased",
                2,
                new Schema(
                    NestedField.optional(1, "a", Types.LongType.get()),
                    NestedField.optional(2, "A", Types.LongType.get())),
                PartitionSpec.unpartitioned(),
                Map.of());
    TestingLake.append(cased, java.util.List.of(TestingLake.row(cased.schema(), 1L, 2L)));
    assertThatThrownBy(() -> kernel.rows(cased))
        .hasMessageContaining("differ in case only")
        .extracting(failure -> ((OrochiException) failure).code())
        .isEqualTo(OrochiErrorCode.KERNEL_CANNOT_READ);
  }
}
