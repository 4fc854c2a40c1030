package io.orochi.catalog.flink;

import io.orochi.catalog.info.InfoContext;
import io.orochi.catalog.info.InfoView;
import io.orochi.catalog.settings.Setting;
import io.orochi.catalog.settings.Settings;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.iceberg.flink.FlinkSchemaUtil;

/** How views of {@code info} look to Flink. */
final class InfoTables {
  private InfoTables() {}

  static CatalogTable definition(InfoView view) {
    return CatalogTable.newBuilder()
        .schema(
            Schema.newBuilder()
                .fromResolvedSchema(FlinkSchemaUtil.toResolvedSchema(view.schema()))
                .build())
        .comment(view.description())
        .build();
  }

  static InfoContext context(OrochiCatalog catalog, ReadableConfig session) {
    Map<String, String> values = new HashMap<>();
    for (Setting setting : Settings.all()) {
      session
          .getOptional(ConfigOptions.key(setting.key()).stringType().noDefaultValue())
          .ifPresent(value -> values.put(setting.key(), value));
    }
    return new InfoContext(
        catalog.icebergCatalog(), values, Clock.systemUTC(), catalog.serverRows());
  }
}
