package io.orochi.catalog.flink.sink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.table.data.RowData;

/** Hands the row itself to a partitioner, so that no key is made. */
final class WholeRow implements KeySelector<RowData, RowData>, ResultTypeQueryable<RowData> {
  private static final long serialVersionUID = 1L;

  private final TypeInformation<RowData> type;

  WholeRow(TypeInformation<RowData> type) {
    this.type = type;
  }

  @Override
  public RowData getKey(RowData row) {
    return row;
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return type;
  }
}
