package io.orochi.house;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rules of shape that can be read off one source file. Not safe for use by several threads. */
final class SourceRules {
  static final int FILE_LINES = 500;
  static final int METHOD_LINES = 60;

  /** Methods whose parameters are SQL arguments, found by Flink through reflection. */
  private static final Set<String> SQL_ENTRY_POINTS = Set.of("call", "eval", "accumulate");

  private final JavaParser parser =
      new JavaParser(
          new ParserConfiguration()
              .setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17)
              .setAttributeComments(false));

  /**
   * What is wrong with a file, one line each.
   *
   * @param name shown in the findings; its path decides which rules hold
   */
  List<String> findings(String name, String source) {
    List<String> findings = new ArrayList<>();
    long lines = source.lines().count();
    if (lines > FILE_LINES) {
      findings.add(name + ": " + lines + " lines, at most " + FILE_LINES);
    }
    CompilationUnit unit =
        parser
            .parse(source)
            .getResult()
            .orElseThrow(() -> new IllegalArgumentException("Cannot parse " + name));
    unit.findAll(MethodDeclaration.class).forEach(m -> method(name, m, findings));
    unit.findAll(MethodCallExpr.class).forEach(c -> call(name, c, findings));
    if (!speaksToATerminal(name)) {
      unit.findAll(FieldAccessExpr.class).forEach(f -> terminal(name, f, findings));
    }
    return findings;
  }

  private static boolean speaksToATerminal(String name) {
    return name.contains("/cli/")
        || name.contains("/command/")
        || name.endsWith("Command.java")
        || name.contains("src/test")
        || name.contains("src/bench");
  }

  private static void method(String name, MethodDeclaration method, List<String> findings) {
    int lines =
        method.getRange().map(r -> r.end.line - r.begin.line + 1).orElse(0)
            - method.getAnnotations().size();
    if (lines > METHOD_LINES) {
      findings.add(at(name, method) + lines + " lines, at most " + METHOD_LINES);
    }
    if (isPublic(method)
        && !name.contains("src/test")
        && method.getAnnotationByName("Override").isEmpty()
        && !SQL_ENTRY_POINTS.contains(method.getNameAsString())) {
      for (Parameter parameter : method.getParameters()) {
        if (parameter.getType().asString().matches("boolean|Boolean")) {
          findings.add(at(name, method) + "boolean parameter " + parameter.getNameAsString());
        }
      }
    }
  }

  private static boolean isPublic(MethodDeclaration method) {
    boolean inInterface =
        method
            .getParentNode()
            .filter(p -> p instanceof ClassOrInterfaceDeclaration c && c.isInterface())
            .isPresent();
    return method.isPublic() || (inInterface && !method.isPrivate());
  }

  private static void call(String name, MethodCallExpr call, List<String> findings) {
    if (call.getNameAsString().equals("printStackTrace") && !speaksToATerminal(name)) {
      findings.add(at(name, call) + "printStackTrace");
    }
    boolean onThread = call.getScope().filter(s -> s.toString().equals("Thread")).isPresent();
    if (onThread && call.getNameAsString().equals("sleep")) {
      findings.add(at(name, call) + "Thread.sleep");
    }
  }

  private static void terminal(String name, FieldAccessExpr access, List<String> findings) {
    if (access.toString().equals("System.out") || access.toString().equals("System.err")) {
      findings.add(at(name, access) + access);
    }
  }

  private static String at(String name, Node node) {
    String line = node.getRange().map(r -> ":" + r.begin.line).orElse("");
    String method = node instanceof MethodDeclaration m ? m.getNameAsString() + ": " : "";
    return name + line + ": " + method;
  }
}
