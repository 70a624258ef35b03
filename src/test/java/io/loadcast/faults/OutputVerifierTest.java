package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is not exactly once is seen as what it is. */
class OutputVerifierTest {
    private final OutputVerifier verifier = new OutputVerifier(OutputKind.FORECAST);

    private static JsonNode forecast(int hour, String p50) {
        try {
            return new ObjectMapper().readTree("""
                            {"region": "AEP", "issue_time": "2018-01-01T0%d:00:00Z", "revision": 0, "quality": "ok",
                             "lead_hours": [1, 2], "p50_mw": [%s, 900.0]}
                            """.formatted(hour, p50));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void expectThreeForecasts() {
        for (int hour = 1; hour <= 3; hour++) {
            verifier.expect(forecast(hour, "1000.0"));
        }
    }

    private Tally taking(int... hours) {
        for (int hour : hours) {
            verifier.take(forecast(hour, "1000.0"));
        }
        return verifier.tally();
    }

    @Test
    void eachOnceInOrderIsExactlyOnce() {
        // when
        Tally tally = taking(1, 2, 3);

        // then
        assertThat(tally.isExactlyOnce()).isTrue();
        assertThat(tally.examples()).isEmpty();
    }

    @Test
    void oneThatIsNotThereIsMissing() {
        // when
        Tally tally = taking(1, 3);

        // then
        assertThat(tally.missing()).isOne();
        assertThat(tally.isExactlyOnce()).isFalse();
        assertThat(tally.examples()).containsExactly("AEP/2018-01-01T02:00:00Z/0 is missing");
    }

    @Test
    void oneThatComesAgainIsDoubled() {
        // when
        Tally tally = taking(1, 2, 2, 3);

        // then
        assertThat(tally.doubled()).isOne();
        assertThat(tally.outOfOrder()).isZero();
        assertThat(tally.isExactlyOnce()).isFalse();
    }

    @Test
    void oneThatComesAfterALaterOneIsOutOfOrder() {
        // when
        Tally tally = taking(1, 3, 2);

        // then
        assertThat(tally.outOfOrder()).isOne();
        assertThat(tally.doubled()).isZero();
        assertThat(tally.isExactlyOnce()).isFalse();
    }

    @Test
    void oneThatNobodyAskedForIsUnexpected() {
        // when
        Tally tally = taking(1, 2, 3, 4);

        // then
        assertThat(tally.unexpected()).isOne();
        assertThat(tally.isExactlyOnce()).isFalse();
    }

    @Test
    void aNumberThatDiffersInItsLastDigitIsWrong() {
        // given
        verifier.take(forecast(1, "1000.0"));
        verifier.take(forecast(2, "1000.1"));

        // when
        Tally tally = taking(3);

        // then
        assertThat(tally.wrong()).isOne();
        assertThat(tally.examples()).containsExactly("AEP/2018-01-01T02:00:00Z/0 has other values");
    }

    @Test
    void aTextThatDiffersIsWrong() {
        // given
        UnaryOperator<JsonNode> imputed = forecast -> {
            ((com.fasterxml.jackson.databind.node.ObjectNode) forecast).put("quality", "imputed");
            return forecast;
        };
        verifier.take(forecast(1, "1000.0"));
        verifier.take(imputed.apply(forecast(2, "1000.0")));

        // when
        Tally tally = taking(3);

        // then
        assertThat(tally.wrong()).isOne();
    }
}
