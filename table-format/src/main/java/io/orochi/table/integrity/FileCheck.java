package io.orochi.table.integrity;

import io.orochi.table.digest.Digest;
import io.orochi.table.digest.TableDigests;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;

/**
 * What one look at a data or delete file has shown.
 *
 * @param detail what is wrong with it; empty if nothing is
 */
public record FileCheck(Verdict verdict, String detail) {
  private static final FileCheck MISSING = new FileCheck(Verdict.MISSING, "there is no such file");

  /** Whether the bytes of a file are read. */
  public enum Depth {
    /** Existence and size. */
    SIZE,
    /** The digest as well, where there is one. */
    DIGEST
  }

  /**
   * @param size as the file's manifest states it
   * @throws OrochiException STORAGE_UNAVAILABLE: nothing is known about the file
   */
  public static FileCheck of(
      Table table, String location, long size, Optional<Digest> digest, Depth depth) {
    try {
      InputFile file = table.io().newInputFile(location);
      long found = file.getLength();
      if (found != size) {
        return corrupt("has " + found + " bytes, committed with " + size);
      }
      if (depth == Depth.SIZE || digest.isEmpty()) {
        return new FileCheck(Verdict.UNVERIFIED, "");
      }
      TableDigests.verify(table.name(), file, digest.get());
      return new FileCheck(Verdict.VERIFIED, "");
    } catch (NotFoundException e) {
      return MISSING;
    } catch (UncheckedIOException e) {
      return corrupt("cannot be read: " + e.getMessage());
    } catch (OrochiException e) {
      if (e.code() == OrochiErrorCode.DATA_FILE_MISSING) {
        return MISSING;
      }
      if (e.code() == OrochiErrorCode.DATA_FILE_CORRUPT) {
        return corrupt(e.detail());
      }
      throw e;
    }
  }

  static FileCheck corrupt(String detail) {
    return new FileCheck(Verdict.CORRUPT, detail);
  }
}
