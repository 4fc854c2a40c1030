package io.orochi.table.kernel.sniff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.orochi.table.kernel.sniff.FileSniffer.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSnifferTest {
  private static final String CSV =
      "ts,host,v,n,flag,d\n"
          + "2014-04-01 00:00:00,a,1.5,1,true,2020-01-01\n"
          + "2014-04-01 00:05:00,b,2.5,2,false,2020-01-02\n";

  @TempDir Path folder;
  private final FileSniffer sniffer = FileSniffer.create();

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aCsvWithAHeaderNamesAndTypesItsColumns() throws IOException {
    SniffedFile sniffed = sniffer.sniff(file("a.csv", CSV), Format.CSV);
    assertThat(sniffed.schema().columns())
        .containsExactly(
            Types.NestedField.optional(1, "ts", Types.TimestampType.withZone()),
            Types.NestedField.optional(2, "host", Types.StringType.get()),
            Types.NestedField.optional(3, "v", Types.DoubleType.get()),
            Types.NestedField.optional(4, "n", Types.LongType.get()),
            Types.NestedField.optional(5, "flag", Types.BooleanType.get()),
            Types.NestedField.optional(6, "d", Types.DateType.get()));
    assertThat(sniffed.dialect().delimiter()).isEqualTo(",");
    assertThat(sniffed.dialect().header()).isTrue();
    assertThat(sniffed.kernelTypes()).containsEntry("ts", "TIMESTAMP");
  }

  @Test
  void theTimesOfAColumnSpanADuration() throws IOException {
    Path file = file("a.csv", "ts,v\n2026-01-03 00:00:00,1\n2026-01-01 12:00:00,2\n");
    assertThat(sniffer.timeSpan(file, Format.CSV, "ts")).isEqualTo(Duration.ofHours(36));
    assertThat(sniffer.timeSpan(file, Format.CSV, "absent")).isEqualTo(Duration.ZERO);
    assertThat(sniffer.timeSpan(file("b.csv", "ts,v\n"), Format.CSV, "ts"))
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void aGzippedCsvIsTheSame() throws IOException {
    Path file = folder.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(CSV.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(sniffer.infer(file, Format.CSV).columns()).hasSize(6);
  }

  @Test
  void delimiterAndQuotesAreFoundWithoutAHeader() throws IOException {
    SniffedFile sniffed =
        sniffer.sniff(
            file("[x]*.csv", "a;2024-01-01T00:00:00Z;\"x;y\"\nb;2024-01-01T00:00:00+02:00;z\n"),
            Format.CSV);
    assertThat(sniffed.dialect().delimiter()).isEqualTo(";");
    assertThat(sniffed.dialect().quote()).isEqualTo("\"");
    assertThat(sniffed.dialect().header()).isFalse();
    assertThat(sniffed.kernelTypes()).containsEntry("column1", "TIMESTAMP WITH TIME ZONE");
  }

  @Test
  void jsonLinesMayBeNested() throws IOException {
    String json =
        "{\"ts\":\"2024-01-01T00:00:00Z\",\"o\":{\"a\":1,\"b c\":[1.5]},\"l\":[{\"k\":\"x\"}]}\n";
    assertThat(sniffer.infer(file("a.json", json), Format.JSON).asStruct().toString())
        .isEqualTo(
            "struct<1: ts: optional timestamptz, 2: o: optional struct<4: a: optional long, 5: b c:"
                + " optional list<double>>, 3: l: optional list<struct<7: k: optional string>>>");
  }

  @Test
  void aFileThatIsNotParquetIsRefused() throws IOException {
    Path file = file("a.parquet", CSV);
    assertThatThrownBy(() -> sniffer.infer(file, Format.PARQUET))
        .hasMessageContaining("Cannot make out the columns of file")
        .hasMessageContaining("No magic bytes");
  }

  @Test
  void aMissingFileIsRefused() {
    assertThatThrownBy(() -> sniffer.infer(folder.resolve("none.csv"), Format.CSV))
        .hasMessageContaining("Cannot find file");
  }

  @Test
  void theAnomalyBenchmarkIsUnderstood() {
    Path file = Path.of("../../shared/data/nab/nab_long.csv.gz");
    assumeThat(file).exists();
    assertThat(sniffer.infer(file, Format.CSV).asStruct().toString())
        .isEqualTo(
            "struct<1: category: optional string, 2: series: optional string, 3: ts: optional"
                + " timestamptz, 4: value: optional double>");
  }
}
