package io.orochi.gateway.cli.doctor;

/** Orochi is built for Java 17 and tested on it. */
record JavaCheck(Runtime.Version version) implements Check {
  private static final int OLDEST = 17;

  @Override
  public String name() {
    return "java";
  }

  @Override
  public Finding look() {
    String text = "Java " + version + " in " + System.getProperty("java.home");
    return version.feature() >= OLDEST
        ? new Finding.Fine(text)
        : new Finding.Trouble(text, "Install a JDK of version 17 or later, or set JAVA_HOME.");
  }
}
