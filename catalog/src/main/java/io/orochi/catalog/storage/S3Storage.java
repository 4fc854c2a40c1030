package io.orochi.catalog.storage;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.io.DelegateFileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * The objects of an S3 store, by Iceberg's own access to it. Every failure of the store is an
 * OrochiException, or Iceberg's NotFoundException where one object is missing. A copy in another
 * process makes a client of its own from the same options. Safe for use by several threads.
 */
public final class S3Storage implements DelegateFileIO {
  private static final long serialVersionUID = 1L;

  private TreeMap<String, String> options = new TreeMap<>();
  private transient S3Failures failures;
  private transient S3FileIO store;

  /** For {@code io-impl}; {@link #initialize} follows. */
  public S3Storage() {}

  /**
   * Talks to nobody yet.
   *
   * @param options Iceberg's {@code s3.*}, {@code client.*} and {@code http-client.*}
   */
  public static S3Storage open(Map<String, String> options) {
    S3Storage storage = new S3Storage();
    storage.initialize(options);
    return storage;
  }

  @Override
  public void initialize(Map<String, String> properties) {
    options = new TreeMap<>(S3Options.complete(properties));
    connect();
  }

  private void connect() {
    failures = new S3Failures(options);
    store = new S3FileIO();
    store.initialize(options);
  }

  /** Iceberg's access, whose failures are not translated. */
  S3FileIO store() {
    return store;
  }

  S3Failures failures() {
    return failures;
  }

  @Override
  public InputFile newInputFile(String location) {
    return failures.during(
        "read", location, () -> new S3Input(store.newInputFile(location), failures));
  }

  @Override
  public InputFile newInputFile(String location, long length) {
    return failures.during(
        "read", location, () -> new S3Input(store.newInputFile(location, length), failures));
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return failures.during(
        "write", location, () -> new S3Output(store.newOutputFile(location), failures));
  }

  @Override
  public void deleteFile(String location) {
    failures.during(
        "delete",
        location,
        () -> {
          store.deleteFile(location);
          return location;
        });
  }

  @Override
  public void deleteFiles(Iterable<String> locations) {
    failures.during(
        "delete",
        "objects",
        () -> {
          store.deleteFiles(locations);
          return locations;
        });
  }

  @Override
  public Iterable<FileInfo> listPrefix(String prefix) {
    return () -> {
      var found = failures.during("list", prefix, () -> store.listPrefix(prefix).iterator());
      return new java.util.Iterator<>() {
        @Override
        public boolean hasNext() {
          return failures.during("list", prefix, found::hasNext);
        }

        @Override
        public FileInfo next() {
          return failures.during("list", prefix, found::next);
        }
      };
    };
  }

  @Override
  public void deletePrefix(String prefix) {
    failures.during(
        "delete",
        prefix,
        () -> {
          store.deletePrefix(prefix);
          return prefix;
        });
  }

  /** Everything, secrets included. */
  @Override
  public Map<String, String> properties() {
    return options;
  }

  @Override
  public void close() {
    store.close();
  }

  /** Names no option. */
  @Override
  public String toString() {
    return "S3Storage[" + options.getOrDefault(S3Options.ENDPOINT, "AWS") + "]";
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    connect();
  }
}
