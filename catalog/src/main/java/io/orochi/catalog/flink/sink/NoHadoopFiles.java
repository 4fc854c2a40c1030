package io.orochi.catalog.flink.sink;

import java.net.URL;
import java.util.function.Supplier;

/**
 * Hides Hadoop's configuration files while a Parquet file is opened. Iceberg makes a new Hadoop
 * configuration for each file, and each looks for core-default.xml and its like in every jar and
 * parses them, of which the Parquet writer, whose options Iceberg sets one by one, needs nothing: 3
 * to 30 ms a file.
 */
final class NoHadoopFiles extends ClassLoader {
  private static final NoHadoopFiles LOADER = new NoHadoopFiles();

  private NoHadoopFiles() {
    super(NoHadoopFiles.class.getClassLoader());
  }

  /** What is to run without them; the thread's class loader is put back afterwards. */
  static <T> T during(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(LOADER);
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public URL getResource(String name) {
    return name.endsWith("-default.xml") || name.endsWith("-site.xml")
        ? null
        : super.getResource(name);
  }
}
