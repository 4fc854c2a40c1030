package io.orochi.table.kernel.files;

import io.orochi.table.digest.Digest;
import java.util.Optional;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.Table;

/** Finds what a file's bytes should digest to. Called by several threads. */
@FunctionalInterface
public interface DigestLookup {
  /** Empty if no commit recorded one. */
  Optional<Digest> digestOf(Table table, ContentFile<?> file);
}
