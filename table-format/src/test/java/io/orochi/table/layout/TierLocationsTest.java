package io.orochi.table.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.kernel.TestingLake;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.ScanPlanner;
import io.orochi.table.kernel.scan.ScanRequest;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TierLocationsTest {
  private static final Schema SCHEMA =
      new Schema(NestedField.required(1, "id", Types.LongType.get()));

  @TempDir private Path folder;

  private Table table() {
    return new TestingLake(folder).create("t", 2, SCHEMA, PartitionSpec.unpartitioned(), Map.of());
  }

  @Test
  void filesInTheTablesOwnLocationAreHotHoweverItIsSpelt() {
    Table table = table();
    String plain = table.location().replaceFirst("^file:/+", "/");
    TierLocations tiers = TierLocations.of(table);

    assertThat(tiers.tierOf(plain + "/data/a.parquet")).contains("hot");
    assertThat(tiers.tierOf("file:" + plain + "/data/a.parquet")).contains("hot");
    assertThat(tiers.tierOf("file://" + plain + "/data/a.parquet")).contains("hot");
    assertThat(tiers.tierOf(plain + "-old/data/a.parquet")).isEmpty();
    assertThat(tiers.tierOf("s3://lake/t/data/a.parquet")).isEmpty();
  }

  @Test
  void aTableMayWriteItsFilesElsewhere() {
    Table table = table();
    table.updateProperties().set(TableProperties.WRITE_DATA_LOCATION, "s3://lake/fast/").commit();

    assertThat(TierLocations.of(table).tierOf("s3://lake/fast/a.parquet")).contains("hot");
    assertThat(TierLocations.of(table).tierOf(table.location() + "/a.parquet")).isEmpty();
  }

  @Test
  void theStorageIsNamed() {
    assertThat(TierLocations.storageOf("/data/a.parquet")).isEqualTo("local");
    assertThat(TierLocations.storageOf("file:///data/a.parquet")).isEqualTo("local");
    assertThat(TierLocations.storageOf("s3a://lake/a.parquet")).isEqualTo("s3");
    assertThat(TierLocations.storageOf("gs://lake/a.parquet")).isEqualTo("gs");
  }

  @Test
  void aScanCountsEachTier() {
    Table table = table();
    var append = table.newAppend();
    for (String location :
        new String[] {table.location() + "/data/a", table.location() + "/data/b", "s3://old/c"}) {
      append.appendFile(
          DataFiles.builder(table.spec())
              .withPath(location + ".parquet")
              .withRecordCount(1)
              .withFileSizeInBytes(10)
              .build());
    }
    append.commit();

    ScanPlan plan = new ScanPlanner().plan(table, ScanRequest.everything());

    assertThat(plan.tiers().toString())
        .isEqualTo(
            "[TierCounts[tier=hot, storage=local, counts=ScanCounts[files=2, bytes=20, chunks=1,"
                + " shards=1]], TierCounts[tier=null, storage=s3, counts=ScanCounts[files=1,"
                + " bytes=10, chunks=1, shards=1]]]");
  }
}
