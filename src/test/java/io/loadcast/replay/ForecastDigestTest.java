package io.loadcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastDigestTest {
    private static final String FIRST = """
            {"region": "N", "issue_time": "2018-01-01T05:00:00Z", "revision": 0,
             "model": {"name": "gru", "version": "1", "sha256": "ab12"}, "quality": "ok",
             "lead_hours": [1, 2], "p10_mw": [10.0, 11.50], "p50_mw": [12.3, 13], "p90_mw": [1.4e1, 15.0]}""";
    private static final String SECOND = FIRST.replace("05:00:00Z\", \"revision\": 0", "06:00:00Z\", \"revision\": 2");

    private static ForecastDigest all() {
        return new ForecastDigest(Set.of(), Optional.empty(), Optional.empty());
    }

    private static String digest(String... forecasts) {
        ForecastDigest digest = all();
        Arrays.stream(forecasts).forEach(forecast -> digest.add(PublishedForecast.parse(forecast.getBytes(UTF_8))));
        return digest.sha256();
    }

    @Test
    void isTheSha256OfTheCanonicalLines() {
        // given
        ForecastDigest digest = all();

        // when
        List.of(
                        FIRST,
                        SECOND,
                        FIRST.replace("\"N\"", "\"Zürich\"").replace("\"ok\"", "\"fallback\", \"method\": \"ratio\""))
                .forEach(forecast -> digest.add(PublishedForecast.parse(forecast.getBytes(UTF_8))));

        // then: by printf and sha256sum
        assertThat(digest.regions().get("N").sha256())
                .isEqualTo("7d3597a6b17f9e8d66d3671a9cb22242a7dab88a2d47255014a3fbd6dc1418a9");
        assertThat(digest.regions().get("Zürich").sha256())
                .isEqualTo("e5dd56385c9996f2ad154551a042689b94831b0d526f6f5f5b5a611d71a0c84a");
        assertThat(digest.sha256()).isEqualTo("6de57f061706f0301b82d28507c6b5baa5008469125e95df106a176abd487e03");
        assertThat(digest.regions().get("N"))
                .extracting(ForecastDigest.OfRegion::forecasts, ForecastDigest.OfRegion::firstIssueTime)
                .containsExactly(2L, Instant.parse("2018-01-01T05:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "'12.3', '12.4'",
        "'11.50', '11.5'",
        "'revision\": 0', 'revision\": 1'",
        "'ab12', 'ab13'",
        "'ok', 'imputed'",
        "'05:00:00Z', '07:00:00Z'",
        "'[1, 2]', '[1, 3]'",
        "'15.0]', '15.1]'",
        "'\"N\"', '\"M\"'",
    })
    void changesWithEveryThingThatIsForecast(String before, String after) {
        assertThat(FIRST).contains(before);
        assertThat(digest(FIRST.replace(before, after))).isNotEqualTo(digest(FIRST));
    }

    @Test
    void changesWithTheOrderWithinARegionAndNotWithThatBetweenRegions() {
        String other = FIRST.replace("\"N\"", "\"M\"");
        assertThat(digest(FIRST, SECOND)).isNotEqualTo(digest(SECOND, FIRST));
        assertThat(digest(FIRST, other, SECOND)).isEqualTo(digest(other, FIRST, SECOND));
        assertThat(digest(FIRST, FIRST)).isNotEqualTo(digest(FIRST));
    }

    @Test
    void doesNotChangeWithWhitespaceTheOrderOfFieldsOrFieldsThatItDoesNotKnow() {
        String compact = FIRST.replaceAll("\\s", "");
        String further = compact.replace("\"quality\"", "\"new\":{\"region\":\"X\",\"p50_mw\":[1]},\"quality\"");
        String turned =
                compact.replace("\"region\":\"N\",", "").replace("[14", "[14").replaceFirst("}$", ",\"region\":\"N\"}");
        assertThat(digest(compact)).isEqualTo(digest(FIRST));
        assertThat(digest(further)).isEqualTo(digest(FIRST));
        assertThat(digest(turned)).isEqualTo(digest(FIRST));
    }

    @Test
    void takesOnlyTheRegionsAndIssueTimesThatItIsAskedFor() {
        // given
        ForecastDigest some = new ForecastDigest(
                Set.of("N"),
                Optional.of(Instant.parse("2018-01-01T05:00:00Z")),
                Optional.of(Instant.parse("2018-01-01T06:00:00Z")));

        // when
        List.of(FIRST, SECOND, FIRST.replace("\"N\"", "\"M\""))
                .forEach(forecast -> some.add(PublishedForecast.parse(forecast.getBytes(UTF_8))));

        // then
        assertThat(some.sha256()).isEqualTo(digest(FIRST));
    }

    @ParameterizedTest
    @CsvSource({"'{}'", "'[1]'", "'x'", "'{\"region\":\"N\"'"})
    void aRecordOfSomethingElseIsRefused(String value) {
        assertThatThrownBy(() -> PublishedForecast.parse(value.getBytes(UTF_8)))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("name the topic of the forecasts");
    }
}
