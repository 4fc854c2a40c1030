package io.orochi.gateway.plan.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.legacy.factories.TableFactory;
import org.junit.jupiter.api.Test;

class RememberedServicesTest {
  private static final ClassLoader SERVER = RememberedServices.class.getClassLoader();

  private final RememberedServices services = new RememberedServices();

  @Test
  void servicesAreThoseOfTheServer() throws Exception {
    for (Class<?> service : List.of(Factory.class, TableFactory.class)) {
      String name = "META-INF/services/" + service.getName();
      List<URL> declared = Collections.list(SERVER.getResources(name));
      for (int time = 0; time < 2; time++) {
        assertThat(Collections.list(services.getResources(name))).isEqualTo(declared);
      }
    }
    assertThat(names(services)).isNotEmpty().isEqualTo(names(SERVER));
  }

  @Test
  void otherResourcesAndClassesAreTheServers() throws Exception {
    assertThat(services.loadClass(RememberedServices.class.getName()))
        .isSameAs(RememberedServices.class);
    String name = "META-INF/MANIFEST.MF";
    assertThat(Collections.list(services.getResources(name)))
        .isEqualTo(Collections.list(SERVER.getResources(name)));
  }

  @Test
  void aLoaderThatKnowsMoreStays() throws Exception {
    assertThat(services.inPlaceOf(SERVER)).isSameAs(services);
    try (URLClassLoader withJars = new URLClassLoader(new URL[0], SERVER)) {
      assertThat(services.inPlaceOf(withJars)).isSameAs(withJars);
    }
  }

  private static List<String> names(ClassLoader loader) {
    return ServiceLoader.load(Factory.class, loader).stream()
        .map(provider -> provider.type().getName())
        .toList();
  }
}
