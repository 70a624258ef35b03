package io.loadcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.loadcast.forecasting.AlertKind;
import io.loadcast.http.ApiDocument;
import io.loadcast.view.EventKind;
import io.loadcast.view.RegionStatus;
import io.micronaut.context.ApplicationContext;
import io.micronaut.web.router.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;

/** The description of the API that the server gives away. */
class OpenApiTest {
    /** They describe the others. */
    private static final Set<String> HIDDEN = Set.of("GET /api/v1/openapi.yaml", "GET /api/v1/openapi.json");

    @Test
    void everyRouteIsInTheDescriptionAndNothingElse() {
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

    @Test
    void aClientCanBeMadeOfItThatPostsJsonAndCsv() {
        JsonNode content = document().at("/paths/~1api~1v1~1readings/post/requestBody/content");

        assertThat(content.at("/application~1json/schema/oneOf/0/$ref").asText())
                .isEqualTo("#/components/schemas/Reading");
        assertThat(content.at("/application~1json/schema/oneOf/1/items/$ref").asText())
                .isEqualTo("#/components/schemas/Reading");
        assertThat(content.at("/text~1csv/schema/type").asText()).isEqualTo("string");
        assertThat(content.at("/text~1csv/schema").has("format")).isFalse();
        assertThat(document().at("/components/schemas/Reading/required").toString())
                .isEqualTo("[\"region\",\"valid_time\",\"load_mw\"]");
    }

    @Test
    void everyRouteSaysThatItsErrorsAreProblemsAndAProbeHasTwoAnswers() {
        document()
                .get("paths")
                .forEach(path -> path.forEach(operation -> assertThat(
                                operation.at("/responses/default/$ref").asText())
                        .isEqualTo("#/components/responses/Problem")));
        assertThat(document()
                        .at("/components/responses/Problem/content/application~1problem+json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Problem");
        assertThat(document().at("/components/schemas/Problem/properties").fieldNames())
                .toIterable()
                .containsExactly("type", "title", "status", "detail", "instance");
        for (String probe : List.of("liveness", "readiness", "startup")) {
            JsonNode responses = document().at("/paths/~1health~1" + probe + "/get/responses");
            for (String status : List.of("200", "503")) {
                assertThat(responses
                                .at("/" + status + "/content/application~1json/schema/$ref")
                                .asText())
                        .isEqualTo("#/components/schemas/Health");
            }
        }
    }

    @Test
    void whatHasOnlySomeValuesNamesThem() {
        assertThat(values("/components/schemas/AlertKind/enum"))
                .isEqualTo(Stream.of(AlertKind.values()).map(AlertKind::key).toList());
        assertThat(values("/components/schemas/RegionState/enum"))
                .isEqualTo(
                        Stream.of(RegionStatus.values()).map(RegionStatus::key).toList());
        assertThat(values("/components/schemas/Window/enum")).containsExactly("24h", "168h", "all");
        assertThat(values("/components/schemas/Health/properties/topology/enum"))
                .containsExactlyInAnyOrderElementsOf(Stream.of(KafkaStreams.State.values())
                        .map(state -> state.name().toLowerCase(Locale.ROOT))
                        .toList());
        JsonNode alerts = parameters("/api/v1/alerts");
        assertThat(alerts.at("/active/schema/enum").toString()).isEqualTo("[\"true\",\"false\"]");
        assertThat(alerts.at("/kind/schema/$ref").asText()).isEqualTo("#/components/schemas/AlertKind");
        for (String route : List.of("/api/v1/accuracy", "/api/v1/regions/{region}/accuracy")) {
            assertThat(parameters(route).at("/window/schema/$ref").asText()).isEqualTo("#/components/schemas/Window");
        }
        assertThat(parameters("/api/v1/stream").at("/types/schema/items/enum"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(EventKind.values()).map(EventKind::key).toList());
    }

    @Test
    void nothingInItIsOfTheProgramsInsideAndEveryReferenceLeadsSomewhere() {
        String text = ApiDocument.yaml();

        assertThat(text).doesNotContain("valueNode", "containerNode", "JsonNode", "format: byte", "&id");
        for (JsonNode reference : document().findValues("$ref")) {
            assertThat(document().at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
    }

    private static JsonNode document() {
        return new ObjectMapper().valueToTree(ApiDocument.tree());
    }

    private static List<String> values(String pointer) {
        List<String> values = new ArrayList<>();
        document().at(pointer).forEach(value -> values.add(value.asText()));
        return values;
    }

    /** By name. */
    private static JsonNode parameters(String route) {
        ObjectNode named = new ObjectMapper().createObjectNode();
        document()
                .get("paths")
                .get(route)
                .at("/get/parameters")
                .forEach(parameter -> named.set(parameter.get("name").asText(), parameter));
        return named;
    }

    private static Set<String> described() {
        Set<String> routes = new TreeSet<>();
        document()
                .get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return routes;
    }
}
