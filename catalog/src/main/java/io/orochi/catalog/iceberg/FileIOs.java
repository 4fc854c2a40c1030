package io.orochi.catalog.iceberg;

import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.io.FileIO;

/** Chooses the file access that fits a warehouse. */
final class FileIOs {
  private static final String S3 = "org.apache.iceberg.aws.s3.S3FileIO";
  private static final String BY_SCHEME = "org.apache.iceberg.io.ResolvingFileIO";

  private FileIOs() {}

  /**
   * @param hadoopConf may be null
   */
  static FileIO open(CatalogConfig config, Object hadoopConf) {
    String chosen = config.properties().get(CatalogProperties.FILE_IO_IMPL);
    if (chosen == null && Locations.isLocal(config.warehouse())) {
      return new LocalFileIO();
    }
    String implementation = chosen != null ? chosen : implementationFor(config.warehouse());
    return CatalogUtil.loadFileIO(implementation, config.toProperties(), hadoopConf);
  }

  private static String implementationFor(String warehouse) {
    return warehouse.startsWith("s3:") || warehouse.startsWith("s3a:") ? S3 : BY_SCHEME;
  }
}
