package io.orochi.gateway.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.PlannedQuery;
import io.orochi.gateway.plan.cache.PlanOrigin;
import io.orochi.gateway.plan.stage.Stage;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.TierCounts;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.iceberg.types.Types;

/**
 * The answer of {@code EXPLAIN (FORMAT JSON)}: an object with {@code engine}, {@code reason},
 * {@code tables}, {@code kernel_sql} or {@code flink_plan}, and {@code actual} if the query was
 * run. Sizes are bytes, times milliseconds.
 */
final class ExplanationJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private ExplanationJson() {}

  static String of(Explanation explanation, String reason) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = generator(text)) {
      boolean kernel = explanation.planned() instanceof PlannedQuery.OnKernel;
      json.writeStartObject();
      json.writeStringField("engine", kernel ? "kernel" : "flink");
      json.writeStringField("reason", reason);
      tables(explanation.tables(), json);
      json.writeStringField(kernel ? "kernel_sql" : "flink_plan", explanation.plan());
      if (explanation.actuals() != null) {
        actuals(explanation.actuals(), explanation.origin(), json);
      }
      json.writeEndObject();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return text.toString();
  }

  static JsonGenerator generator(StringWriter text) throws IOException {
    return FACTORY.createGenerator(text).useDefaultPrettyPrinter();
  }

  static void tables(List<KernelInput> tables, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("tables");
    for (KernelInput table : tables) {
      table(table, json);
    }
    json.writeEndArray();
  }

  private static void table(KernelInput table, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", table.name());
    if (table instanceof KernelInput.Summary summary) {
      json.writeNumberField("files_told_by_metadata", summary.files());
    }
    if (table instanceof KernelInput.Changes changes) {
      json.writeObjectFieldStart("changes");
      json.writeNumberField("snapshots", changes.plan().snapshots());
      json.writeNumberField("files", changes.plan().files());
      json.writeNumberField("bytes", changes.plan().bytes());
      json.writeEndObject();
    }
    if (table instanceof KernelInput.Files files) {
      ScanPlan plan = files.plan();
      part("chunks", plan.chunksRead(), plan.chunksTotal(), json);
      part("shards", plan.shardsRead(), plan.shardsTotal(), json);
      part("files", plan.filesRead(), plan.filesTotal(), json);
      part("bytes", plan.bytesRead(), plan.bytesTotal(), json);
      tiers(plan.tiers(), json);
      if (plan.snapshotId() != null) {
        json.writeNumberField("snapshot", plan.snapshotId());
      }
      json.writeArrayFieldStart("columns");
      for (Types.NestedField column : plan.schema().columns()) {
        json.writeString(column.name());
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void tiers(List<TierCounts> tiers, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("tiers");
    for (TierCounts tier : tiers) {
      json.writeStartObject();
      json.writeStringField("tier", tier.tier());
      json.writeStringField("storage", tier.storage());
      json.writeNumberField("chunks", tier.counts().chunks());
      json.writeNumberField("files", tier.counts().files());
      json.writeNumberField("bytes", tier.counts().bytes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void part(String name, long read, long total, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("read", read);
    json.writeNumberField("total", total);
    json.writeEndObject();
  }

  private static void actuals(Actuals actuals, PlanOrigin origin, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart("actual");
    json.writeStringField("plan", origin.toString());
    json.writeStringField("result_cache", actuals.answer().toString());
    json.writeNumberField("rows", actuals.rows());
    if (actuals.bytes() >= 0) {
      json.writeNumberField("arrow_bytes", actuals.bytes());
      json.writeNumberField("files_verified", actuals.verifiedFiles());
      json.writeNumberField("files_without_digest", actuals.unverifiedFiles());
      json.writeObjectFieldStart("file_copies");
      json.writeNumberField("found", actuals.copies().found());
      json.writeNumberField("fetched", actuals.copies().fetched());
      json.writeNumberField("fetched_bytes", actuals.copies().fetchedBytes());
      json.writeNumberField("not_needed", actuals.copies().inPlace());
      json.writeEndObject();
    }
    json.writeObjectFieldStart("stages_ms");
    for (Stage stage : Stage.values()) {
      json.writeNumberField(stage.toString(), actuals.stages().nanos(stage) / 1e6);
    }
    json.writeEndObject();
    json.writeNumberField("total_ms", actuals.stages().totalNanos() / 1e6);
    json.writeEndObject();
  }
}
