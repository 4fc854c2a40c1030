package io.orochi.catalog.rest;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.UncheckedIOException;
import org.apache.iceberg.rest.RESTRequest;
import org.apache.iceberg.rest.RESTSerializers;

/** The JSON of the Iceberg REST protocol, as Iceberg's own client writes and reads it. */
final class RestJson {
  private final ObjectMapper mapper = new ObjectMapper();

  RestJson() {
    mapper.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
    mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    mapper.setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE);
    RESTSerializers.registerAll(mapper);
  }

  /**
   * @throws IllegalArgumentException if the text is not a valid request of that type
   */
  <T extends RESTRequest> T read(String text, Class<T> type) {
    try {
      T request = mapper.readValue(text, type);
      if (request == null) {
        throw new IllegalArgumentException("Invalid request body: empty");
      }
      request.validate();
      return request;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Invalid request body: " + e.getOriginalMessage(), e);
    }
  }

  String write(Object response) {
    try {
      return mapper.writeValueAsString(response);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
