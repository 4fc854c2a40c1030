package io.orochi.catalog.flink;

import io.orochi.catalog.info.InfoContext;
import io.orochi.catalog.info.InfoView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.InputFormatProvider;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.iceberg.flink.FlinkSchemaUtil;

/** Rows of one view, computed when the statement is planned. */
record InfoTableSource(InfoView view, InfoContext context) implements ScanTableSource {
  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext scan) {
    RowType type = FlinkSchemaUtil.convert(view.schema());
    RowDataSerializer serializer = new RowDataSerializer(type);
    List<byte[]> rows = new ArrayList<>();
    try {
      DataOutputSerializer out = new DataOutputSerializer(256);
      for (Object[] row : view.rows(context)) {
        serializer.serialize(InfoRows.toFlink(row), out);
        rows.add(out.getCopyOfBuffer());
        out.clear();
      }
    } catch (IOException e) {
      throw new FlinkRuntimeException("Cannot serialize rows of info." + view.name(), e);
    }
    return InputFormatProvider.of(new InfoRows(serializer, rows));
  }

  @Override
  public DynamicTableSource copy() {
    return this;
  }

  @Override
  public String asSummaryString() {
    return "info." + view.name();
  }
}
