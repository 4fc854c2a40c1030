package io.orochi.catalog.iceberg;

import io.orochi.catalog.storage.S3Options;
import io.orochi.catalog.storage.S3Storage;
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
    if (chosen == null ? S3Options.isS3(config.warehouse()) : chosen.equals(S3)) {
      return S3Storage.open(config.toProperties());
    }
    return CatalogUtil.loadFileIO(
        chosen == null ? BY_SCHEME : chosen, config.toProperties(), hadoopConf);
  }
}
