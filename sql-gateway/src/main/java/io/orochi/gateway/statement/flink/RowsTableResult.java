package io.orochi.gateway.statement.flink;

import java.time.ZoneId;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.table.api.internal.ResultProvider;
import org.apache.flink.table.api.internal.TableResultImpl;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.planner.codegen.CodeGeneratorContext;
import org.apache.flink.table.planner.functions.casting.RowDataToStringConverterImpl;
import org.apache.flink.table.utils.print.PrintStyle;
import org.apache.flink.table.utils.print.RowDataToStringConverter;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** Rows as our engines deliver them, in the shape Flink's result pages are cut from. */
public record RowsTableResult(CloseableIterator<RowData> rows, RowDataToStringConverter converter)
    implements ResultProvider {
  private static final int COLUMN_WIDTH_DEFAULT = 30;

  public static TableResultInternal of(
      ResolvedSchema schema,
      CloseableIterator<RowData> rows,
      RowDataToStringConverter converter,
      JobClient job) {
    return TableResultImpl.builder()
        .jobClient(job)
        .resultKind(ResultKind.SUCCESS_WITH_CONTENT)
        .schema(schema)
        .resultProvider(new RowsTableResult(rows, converter))
        .setPrintStyle(
            PrintStyle.tableauWithTypeInferredColumnWidths(
                schema, converter, COLUMN_WIDTH_DEFAULT, false, false))
        .build();
  }

  /** How a session shows values as text, as Flink itself would. */
  public static RowDataToStringConverter textOf(
      ResolvedSchema schema, ReadableConfig config, ClassLoader classLoader) {
    String zone = config.get(TableConfigOptions.LOCAL_TIME_ZONE);
    return new RowDataToStringConverterImpl(
        schema.toPhysicalRowDataType(),
        zone.equals(TableConfigOptions.LOCAL_TIME_ZONE.defaultValue())
            ? ZoneId.systemDefault()
            : ZoneId.of(zone),
        classLoader,
        false,
        new CodeGeneratorContext(config, classLoader));
  }

  @Override
  public ResultProvider setJobClient(JobClient job) {
    return this;
  }

  @Override
  public CloseableIterator<RowData> toInternalIterator() {
    return rows;
  }

  @Override
  public CloseableIterator<Row> toExternalIterator() {
    throw new UnsupportedOperationException("pages are cut from internal rows");
  }

  @Override
  public RowDataToStringConverter getRowDataStringConverter() {
    return converter;
  }

  @Override
  public boolean isFirstRowReady() {
    return true;
  }
}
