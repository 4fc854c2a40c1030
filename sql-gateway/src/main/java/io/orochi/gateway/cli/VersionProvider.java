package io.orochi.gateway.cli;

import picocli.CommandLine.IVersionProvider;

/** The version the jar was built with. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"orochi " + version()};
  }

  static String version() {
    String version = OrochiCli.class.getPackage().getImplementationVersion();
    return version == null ? "(development build)" : version;
  }
}
