package io.orochi.catalog.reference;

import io.orochi.catalog.flink.functions.FunctionSpec;
import io.orochi.catalog.flink.functions.Functions;
import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.Procedures;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.info.InfoView;
import io.orochi.catalog.info.InfoViews;
import io.orochi.catalog.settings.Setting;
import io.orochi.catalog.settings.Settings;
import io.orochi.table.layout.TableOption;
import io.orochi.table.layout.TableOptions;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.types.Types;

/** The page {@code docs/sql-reference.md}, made from what the code itself goes by. */
public final class SqlReference {
  private final StringBuilder page = new StringBuilder();

  private SqlReference() {}

  /** The whole page; the same text for the same build. */
  public static String markdown() {
    SqlReference reference = new SqlReference();
    reference.introduction();
    reference.catalogs();
    reference.tables();
    reference.functions("Functions of time", Functions.time());
    reference.functions("Functions of layout", Functions.layout());
    reference.functions("Mergeable summaries", Functions.summaries());
    reference.procedures();
    reference.views();
    reference.settings();
    return reference.page.toString();
  }

  private void introduction() {
    line("# SQL reference");
    line("");
    line("Generated from the code by `SqlReference`; a test compares. Change the code instead.");
    line("");
    line("The dialect is Flink SQL. Added to it are the options, functions, procedures, views and");
    line("settings below. The catalog is `orochi`, the first database `default`.");
    line("");
  }

  private void catalogs() {
    line("## Catalogs");
    line("");
    line("A session of the server has the catalog `orochi` already. Elsewhere:");
    line("");
    line("```sql");
    line("CREATE CATALOG orochi WITH (");
    line("  'type' = 'orochi', 'warehouse' = '/data/warehouse',");
    line("  'metastore' = 'jdbc:sqlite:/data/metastore.db');");
    line("```");
    line("");
    line("| option | |");
    line("|---|---|");
    CatalogConfig.options().forEach((key, description) -> row(code(key), description));
    line("");
  }

  private void tables() {
    line("## Tables");
    line("");
    line("```sql");
    line("CREATE TABLE cpu (");
    line("  ts TIMESTAMP_LTZ(6) NOT NULL, host STRING NOT NULL, usage DOUBLE");
    line(") DISTRIBUTED BY HASH(host) INTO 16 BUCKETS");
    line("WITH ('orochi.hypertable' = 'ts', 'orochi.chunk-interval' = '1 d');");
    line("```");
    line("");
    line("`FOR SYSTEM_TIME AS OF` reads a table as it was. Iceberg's metadata tables are there as");
    line("`` `cpu$snapshots` ``, `` `cpu$files` ``, `` `cpu$history` `` and so on. Iceberg's own");
    line("table properties may be set beside these options:");
    line("");
    line("| option | value | default | |");
    line("|---|---|---|---|");
    for (TableOption option : TableOptions.all()) {
      row(code(option.key()), option.range(), code(option.defaultValue()), option.description());
    }
    line("");
  }

  private void functions(String title, List<FunctionSpec> functions) {
    line("## " + title);
    line("");
    for (FunctionSpec function : functions) {
      described("`" + function.signature() + "`", function.description(), function.example());
    }
  }

  private void procedures() {
    line("## Procedures");
    line("");
    line(
        "Arguments are given by position or by name, not both in one call. Intervals are text such");
    line("as `'5 minutes'`; sessions of the server take `INTERVAL '5' MINUTE` too.");
    line("");
    for (ProcedureSpec procedure : Procedures.all()) {
      described(code("sys." + procedure.name()), procedure.description(), procedure.example());
      line("| argument | type | | |");
      line("|---|---|---|---|");
      for (ProcedureArgument argument : procedure.arguments()) {
        String need = argument.need().name().toLowerCase(Locale.ROOT);
        row(code(argument.name()), argument.type(), need, argument.description());
      }
      line("");
    }
  }

  private void views() {
    line("## Views");
    line("");
    for (InfoView view : InfoViews.all()) {
      line("### " + code(InfoViews.DATABASE + "." + view.name()));
      line("");
      line(view.description());
      line("");
      line("| column | type | |");
      line("|---|---|---|");
      for (Types.NestedField column : view.schema().columns()) {
        String type = column.type().toString() + (column.isRequired() ? " not null" : "");
        row(code(column.name()), type, column.doc());
      }
      line("");
    }
  }

  private void settings() {
    line("## Settings");
    line("");
    line("`SET 'key' = 'value'` for the session, `RESET 'key'` for the default.");
    line("");
    line("| setting | value | default | |");
    line("|---|---|---|---|");
    for (Setting setting : Settings.all()) {
      row(
          code(setting.key()),
          setting.rangeText(),
          code(setting.defaultValue()),
          setting.description());
    }
  }

  private void described(String title, String description, String example) {
    line("### " + title);
    line("");
    line(description);
    line("");
    line("```sql");
    line(example + ";");
    line("```");
    line("");
  }

  private void row(String... cells) {
    page.append('|');
    for (String cell : cells) {
      page.append(' ').append(cell.replace("|", "\\|")).append(" |");
    }
    page.append('\n');
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
