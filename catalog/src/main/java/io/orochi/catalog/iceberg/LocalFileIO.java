package io.orochi.catalog.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * Files of this machine, without Hadoop. Whether they survive a loss of power is left to {@link
 * io.orochi.table.io.DurableFileIO} around it. Holds no state.
 */
public final class LocalFileIO implements FileIO, SupportsPrefixOperations {
  private static final long serialVersionUID = 1L;

  @Override
  public InputFile newInputFile(String location) {
    return new LocalInputFile(location);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return new LocalOutputFile(location);
  }

  @Override
  public void deleteFile(String location) {
    try {
      Files.delete(Locations.toPath(location));
    } catch (NoSuchFileException e) {
      throw new NotFoundException(e, "File does not exist: %s", location);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete file: " + location, e);
    }
  }

  @Override
  public Iterable<FileInfo> listPrefix(String prefix) {
    try (Stream<Path> paths = Files.walk(Locations.toPath(prefix))) {
      return paths.filter(Files::isRegularFile).map(LocalFileIO::info).toList();
    } catch (NoSuchFileException e) {
      return java.util.List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list files: " + prefix, e);
    }
  }

  @Override
  public void deletePrefix(String prefix) {
    listPrefix(prefix).forEach(file -> deleteFile(file.location()));
  }

  private static FileInfo info(Path path) {
    try {
      return new FileInfo(
          "file:" + path, Files.size(path), Files.getLastModifiedTime(path).toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read file: " + path, e);
    }
  }
}
