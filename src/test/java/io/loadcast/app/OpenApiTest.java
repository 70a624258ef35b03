package io.loadcast.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.web.router.Router;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class OpenApiTest {
    /** They describe the others. */
    private static final Set<String> HIDDEN = Set.of("GET /api/v1/openapi.yaml", "GET /api/v1/openapi.json");

    @Test
    void everyRouteIsInTheDescriptionAndNothingElse() throws Exception {
        // given
        Set<String> served;
        try (ApplicationContext context = LoadcastServer.contextOf(
                        Map.of("kafka.bootstrap.servers", "127.0.0.1:9"), Optional.empty())
                .start()) {
            served = context.getBean(Router.class)
                    .uriRoutes()
                    .filter(route -> route.getUriMatchTemplate().toPathString().matches("/(api|health)/.*"))
                    .filter(route -> !route.getHttpMethodName().equals("HEAD"))
                    .map(route -> route.getHttpMethodName() + " "
                            + route.getUriMatchTemplate().toPathString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        // then
        served.removeAll(HIDDEN);
        assertThat(described()).isEqualTo(served).hasSizeGreaterThan(8);
    }

    private static Set<String> described() throws Exception {
        try (InputStream yaml = OpenApiTest.class.getResourceAsStream("/META-INF/swagger/openapi.yml")) {
            Map<String, Map<String, Map<String, Map<String, Object>>>> document =
                    new Yaml().load(new String(yaml.readAllBytes(), UTF_8));
            Set<String> routes = new TreeSet<>();
            document.get("paths")
                    .forEach((path, methods) ->
                            methods.keySet().forEach(method -> routes.add(method.toUpperCase() + " " + path)));
            return routes;
        }
    }
}
