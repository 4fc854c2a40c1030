package io.orochi.catalog.integrity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What storage may do to a file. */
enum Damage {
  /** One bit, anywhere. */
  BIT,
  /** The end is gone. */
  TRUNCATION,
  /** The bytes of another file of the kind. */
  SWAP,
  /** The bytes of the file of the kind that came before it. */
  OLD_VERSION;

  /** The bytes after the damage; the same ones if there is no other file to take them from. */
  byte[] of(Path file, List<Path> kind, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<Path> others = kind.stream().filter(other -> !other.equals(file)).toList();
    return switch (this) {
      case BIT -> {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        yield bytes;
      }
      case TRUNCATION -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case SWAP ->
          others.isEmpty() ? bytes : Files.readAllBytes(others.get(random.nextInt(others.size())));
      case OLD_VERSION -> {
        int index = kind.indexOf(file);
        yield index > 0 ? Files.readAllBytes(kind.get(index - 1)) : bytes;
      }
    };
  }
}
