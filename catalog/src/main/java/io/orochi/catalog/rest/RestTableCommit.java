package io.orochi.catalog.rest;

import java.util.List;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.requests.UpdateTableRequest;

/** One table's part of a transaction that came over the wire. */
record RestTableCommit(
    TableIdentifier identifier, List<UpdateRequirement> requirements, List<MetadataUpdate> updates)
    implements TableCommit {
  static RestTableCommit of(UpdateTableRequest request) {
    return new RestTableCommit(request.identifier(), request.requirements(), request.updates());
  }
}
