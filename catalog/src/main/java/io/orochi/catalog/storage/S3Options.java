package io.orochi.catalog.storage;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Iceberg's options of its access to S3, and the values they have where nobody sets them. */
public final class S3Options {
  public static final String ENDPOINT = "s3.endpoint";
  public static final String REGION = "client.region";
  public static final String PATH_STYLE = "s3.path-style-access";
  public static final String ACCESS_KEY = "s3.access-key-id";
  public static final String SECRET_KEY = "s3.secret-access-key";
  public static final String SESSION_TOKEN = "s3.session-token";

  /** What a store that is not AWS is signed for; such stores ignore or expect it. */
  static final String REGION_DEFAULT = "us-east-1";

  /** Iceberg's other one needs the clients of services that nothing here calls. */
  private static final String CLIENT_FACTORY =
      "org.apache.iceberg.aws.s3.DefaultS3FileIOAwsClientFactory";

  private S3Options() {}

  /** Whether a location is an object of S3. */
  public static boolean isS3(String location) {
    String start = location.toLowerCase(Locale.ROOT);
    return start.startsWith("s3://") || start.startsWith("s3a://") || start.startsWith("s3n://");
  }

  /**
   * The options a client is made from, sorted. Five retries take six seconds at most: a statement
   * is told soon that the store is down, and a store that asks for patience gets it.
   *
   * @param asked may hold options of other parts, which are left out if they are secret
   */
  static Map<String, String> complete(Map<String, String> asked) {
    Map<String, String> options = new TreeMap<>(asked);
    options.keySet().removeIf(key -> key.startsWith("metastore"));
    options.putIfAbsent("s3.client-factory-impl", CLIENT_FACTORY);
    options.putIfAbsent("http-client.type", "urlconnection");
    options.putIfAbsent("s3.retry.num-retries", "5");
    options.putIfAbsent("s3.retry.min-wait-ms", "100");
    options.putIfAbsent("s3.retry.max-wait-ms", "3000");
    if (options.containsKey(ENDPOINT)) {
      options.putIfAbsent(REGION, REGION_DEFAULT);
      options.putIfAbsent(PATH_STYLE, "true");
    }
    return options;
  }
}
