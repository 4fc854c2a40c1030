package io.orochi.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A few classes compiled on the spot, to show that a rule can fail. */
final class TinyHouse {
  private TinyHouse() {}

  /**
   * Compiles one empty class per name, in order; a name may be followed by {@code -> OTHER}, which
   * gives it a field of that class.
   */
  static JavaClasses of(Path folder, String... classes) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String line : classes) {
      String[] parts = line.split(" -> ", 2);
      int dot = parts[0].lastIndexOf('.');
      String field = parts.length == 2 ? parts[1] + " used;" : "";
      Path source = folder.resolve(parts[0].replace('.', '/') + ".java");
      Files.createDirectories(source.getParent());
      Files.writeString(
          source,
          "package %s; public class %s { %s }"
              .formatted(parts[0].substring(0, dot), parts[0].substring(dot + 1), field));
      sources.add(source);
    }
    compile(folder, sources);
    return new ClassFileImporter().importPath(folder);
  }

  private static void compile(Path folder, List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  problems,
                  List.of("-d", folder.toString(), "-proc:none", "-cp", folder.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled) {
        throw new IllegalArgumentException(
            problems.getDiagnostics().stream()
                .map(Diagnostic::toString)
                .collect(Collectors.joining("\n")));
      }
    }
  }
}
