package io.orochi.table.integrity;

import io.orochi.table.digest.VerifiedInputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;

/**
 * Copies of damaged files, in a folder beside that of the table, where neither expiry nor orphan
 * removal looks.
 */
public final class KeptAside {
  private final Table table;

  public KeptAside(Table table) {
    this.table = table;
  }

  /** Where a copy would be. */
  String location(String file) {
    return stripped(table.location()) + "-damaged/" + file.substring(file.lastIndexOf('/') + 1);
  }

  /** Null if there is no such file; a copy made before stays. */
  String keep(String file) {
    String copy = location(file);
    InputFile damaged = unverified(file);
    try {
      if (!damaged.exists()) {
        return null;
      }
      if (!table.io().newInputFile(copy).exists()) {
        try (InputStream in = damaged.newStream();
            OutputStream out = table.io().newOutputFile(copy).create()) {
          in.transferTo(out);
        }
      }
      return copy;
    } catch (NotFoundException gone) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep a copy of " + file, e);
    }
  }

  /** The table's files check themselves when opened, which a damaged one would not pass. */
  private InputFile unverified(String file) {
    InputFile input = table.io().newInputFile(file);
    return input instanceof VerifiedInputFile verified ? verified.inner() : input;
  }

  private static String stripped(String location) {
    return location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
  }
}
