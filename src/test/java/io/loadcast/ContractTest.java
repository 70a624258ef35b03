package io.loadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.loadcast.streaming.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The contracts of {@code schemas/} are sound in themselves. */
class ContractTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "reading",
                "meter-reading",
                "forecast",
                "accuracy",
                "alert",
                "dead-letter-headers",
                "model",
                "model-assignment"
            })
    void everySchemaIsOneAndItsExamplesKeepIt(String name) {
        // given
        Contract contract = Contract.of(name);
        JsonSchema metaSchema =
                JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SchemaLocation.of(SchemaId.V202012));

        // then
        assertThat(metaSchema.validate(contract.schema())).isEmpty();
        assertThat(contract.schema().path("examples"))
                .isNotEmpty()
                .allSatisfy(example -> assertThat(contract.violations(example)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reading",
                "meter-reading",
                "forecast",
                "accuracy",
                "alert",
                "dead-letter-headers",
                "model",
                "model-assignment"
            })
    void everyRequiredFieldIsMissedWhenItIsNotThere(String name) {
        // given
        Contract contract = Contract.of(name);
        JsonNode example = contract.schema().path("examples").get(0);

        for (JsonNode field : contract.schema().path("required")) {
            // when
            ObjectNode without = ((ObjectNode) example.deepCopy()).without(field.asText());

            // then
            assertThat(contract.violations(without)).as("without %s", field).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "reading | {`region`:``}",
                "reading | {`region`:` `}",
                "reading | {`valid_time`:`2018-08-03T03:30:00Z`}",
                "reading | {`valid_time`:`2018-08-03 03:00`}",
                "reading | {`valid_time`:`2018-13-03T03:00:00Z`}",
                "reading | {`load_mw`:-1}",
                "reading | {`load_mw`:`12`}",
                "reading | {`load_mw`:null}",
                "meter-reading | {`meter`:` `}",
                "meter-reading | {`valid_time`:`2018-08-03T03:30:30Z`}",
                "meter-reading | {`duration_minutes`:0}",
                "meter-reading | {`duration_minutes`:61}",
                "meter-reading | {`duration_minutes`:7.5}",
                "meter-reading | {`energy_kwh`:-1}",
                "meter-reading | {`power_kw`:1}",
                "forecast | {`revision`:-1}",
                "forecast | {`quality`:`good`}",
                "forecast | {`quality`:`imputed`}",
                "forecast | {`quality`:`fallback`}",
                "forecast | {`method`:`guess`}",
                "accuracy | {`revision`:-1}",
                "forecast | {`lead_hours`:[0]}",
                "forecast | {`model`:{`name`:`a`,`version`:`1`,`sha256`:`ABC`}}",
                "accuracy | {`smape_pct`:201}",
                "accuracy | {`count_24h`:25}",
                "accuracy | {`in_interval`:1}",
                "alert | {`severity`:`bad`}",
                "alert | {`kind`:`Device lost`}",
                "alert | {`raised_time`:null}",
                "alert | {`raised_time`:`2018-08-03T03:00:00+02:00`}",
                "alert | {`region`:``}",
                "model | {`sha256`:`ABC`}",
                "model | {`bytes`:0}",
                "model | {`uri`:``}",
                "model-assignment | {`champion`:`gru-attention`}",
                "model-assignment | {`previous`:[null]}",
                "model-assignment | {`challengers`:null}",
                "dead-letter-headers | {`loadcast_reason`:`other`}",
                "dead-letter-headers | {`loadcast_offset`:12}",
            })
    void refusesWhatIsNotRight(String name, String change) throws IOException {
        // given
        Contract contract = Contract.of(name);
        ObjectNode example = contract.schema().path("examples").get(0).deepCopy();

        // when
        example.setAll((ObjectNode) Contract.json(change.replace('`', '"').getBytes(StandardCharsets.UTF_8)));

        // then
        assertThat(contract.violations(example)).isNotEmpty();
    }

    @Test
    void asyncApiNamesTheTopicsAndOnlyFilesThatExist() throws IOException {
        // given
        String text = Files.readString(Contract.DIRECTORY.resolve("asyncapi.yaml"));
        Map<String, Map<String, Map<String, Object>>> document = new Yaml().load(text);

        // when
        List<Object> addresses = new ArrayList<>();
        document.get("channels").values().forEach(channel -> addresses.add(channel.get("address")));

        // then
        Topics topics = Topics.DEFAULT;
        assertThat(addresses)
                .containsExactly(
                        topics.readings(),
                        topics.forecasts(),
                        topics.accuracy(),
                        topics.alerts(),
                        topics.deadLetters(),
                        topics.meterReadings(),
                        topics.models());
        assertThat(references(text, "\\./([a-z.-]+)"))
                .hasSize(8)
                .allSatisfy(file -> assertThat(Contract.DIRECTORY.resolve(file)).exists());
        assertThat(references(text, "'#/([A-Za-z/]+)'"))
                .allSatisfy(
                        pointer -> assertThat(at(document, pointer)).as(pointer).isNotNull());
    }

    private static List<String> references(String text, String target) {
        Matcher matcher = Pattern.compile("\\$ref: " + target).matcher(text);
        return matcher.results().map(result -> result.group(1)).toList();
    }

    private static Object at(Object document, String pointer) {
        Object node = document;
        for (String name : pointer.split("/")) {
            node = ((Map<?, ?>) node).get(name);
        }
        return node;
    }
}
