package io.orochi.s3;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server whose buckets are the folders of a folder. Prints its port once it listens, and ends
 * when its standard input does, so that it never outlives the test that started it.
 */
public final class S3Server {
  private S3Server() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 4) {
      throw new IllegalArgumentException("Usage: S3Server FOLDER PORT ACCESS-KEY SECRET-KEY");
    }
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(Path.of(args[0]).toString()))
            .endpoint(URI.create("http://127.0.0.1:" + args[1]))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, args[2], args[3])
            .build();
    server.start();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(server.getPort());
    awaitEnd();
    server.stop();
  }

  private static void awaitEnd() throws IOException {
    while (System.in.read() >= 0) {
      continue;
    }
  }
}
