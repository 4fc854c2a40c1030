package io.orochi.catalog.info;

import io.orochi.catalog.settings.Setting;
import io.orochi.catalog.settings.Settings;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** One row for each setting of the asking session. */
final class SettingsView implements InfoView {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "name", Types.StringType.get(), "as SET takes it"),
          Types.NestedField.required(2, "value", Types.StringType.get(), "in the asking session"),
          Types.NestedField.required(3, "default_value", Types.StringType.get(), "after RESET"),
          Types.NestedField.required(
              4, "type", Types.StringType.get(), "choice, duration or integer"),
          Types.NestedField.required(5, "allowed", Types.StringType.get(), "the allowed values"),
          Types.NestedField.required(6, "description", Types.StringType.get(), "what it does"));

  @Override
  public String name() {
    return "settings";
  }

  @Override
  public String description() {
    return "The settings of this session.";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public List<Object[]> rows(InfoContext context) {
    return Settings.all().stream().map(setting -> row(setting, context)).toList();
  }

  private static Object[] row(Setting setting, InfoContext context) {
    return new Object[] {
      setting.key(),
      context.sessionSettings().getOrDefault(setting.key(), setting.defaultValue()),
      setting.defaultValue(),
      setting.type().label(),
      setting.rangeText(),
      setting.description()
    };
  }
}
