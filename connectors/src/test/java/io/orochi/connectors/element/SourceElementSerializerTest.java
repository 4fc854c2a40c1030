package io.orochi.connectors.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class SourceElementSerializerTest {
  private final TypeSerializer<SourceElement> serializer =
      new SourceElementTypeInfo(RowType.of(new BigIntType()))
          .createSerializer(new SerializerConfigImpl());

  @Test
  void rejectedRecordsAndEndsSurviveTheNetwork() throws IOException {
    for (SourceElement element :
        List.of(
            new SourceElement.Rejected("s", 3, new RejectedRecord("/f", 4, "c", "raw", "why")),
            new SourceElement.End("s", 9))) {
      assertThat(serializer.deserialize(bytes(element))).isEqualTo(element);
    }
  }

  @Test
  void rowsSurviveTheNetwork() throws IOException {
    SourceElement.Row read =
        (SourceElement.Row)
            serializer.deserialize(bytes(new SourceElement.Row("s", 2, GenericRowData.of(77L))));
    assertThat(read.split()).isEqualTo("s");
    assertThat(read.ordinal()).isEqualTo(2);
    assertThat(read.row().getLong(0)).isEqualTo(77);
  }

  @Test
  void positionsAreText() {
    assertThat(SplitPosition.parse("12 end")).isEqualTo(new SplitPosition(12, true));
    assertThat(new SplitPosition(12, false).text()).isEqualTo("12");
  }

  private DataInputDeserializer bytes(SourceElement element) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(element, out);
    return new DataInputDeserializer(out.getCopyOfBuffer());
  }
}
