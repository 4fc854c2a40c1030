package io.orochi.connectors.element;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;

/** The Flink type of elements whose rows have one row type. */
public final class SourceElementTypeInfo extends TypeInformation<SourceElement> {
  private static final long serialVersionUID = 1L;

  private final RowType rowType;

  public SourceElementTypeInfo(RowType rowType) {
    this.rowType = Objects.requireNonNull(rowType);
  }

  public RowType rowType() {
    return rowType;
  }

  @Override
  public TypeSerializer<SourceElement> createSerializer(SerializerConfig config) {
    return new SourceElementSerializer(InternalTypeInfo.of(rowType).toRowSerializer());
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<SourceElement> getTypeClass() {
    return SourceElement.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public String toString() {
    return "SourceElement<" + rowType.asSummaryString() + ">";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceElementTypeInfo that && rowType.equals(that.rowType);
  }

  @Override
  public int hashCode() {
    return rowType.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof SourceElementTypeInfo;
  }
}
