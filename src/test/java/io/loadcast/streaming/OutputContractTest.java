package io.loadcast.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.Contract;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.FallbackCause;
import io.loadcast.forecasting.Forecast;
import io.loadcast.forecasting.ForecastMethod;
import io.loadcast.forecasting.ForecastQuality;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.PointScore;
import io.loadcast.forecasting.RunningScore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written keeps the contracts of {@code schemas/}. */
class OutputContractTest {
    private static final Region REGION = new Region("Süd");

    @ParameterizedTest
    @EnumSource(ForecastQuality.class)
    void forecastsKeepTheirs(ForecastQuality quality) {
        // given
        double[] loadMw = new double[24];
        Arrays.fill(loadMw, 1234.5);
        ModelId model = new ModelId("gru-attention", "1", "0123456789abcdef".repeat(4));
        boolean isFallback = quality == ForecastQuality.FALLBACK;
        ForecastMethod method = isFallback ? ForecastMethod.HOUR_OF_WEEK : ForecastMethod.MODEL;
        FallbackCause cause = isFallback ? FallbackCause.LONG_GAP : null;
        String reason = quality == ForecastQuality.OK ? null : "2 of 90 hours imputed";

        // when
        byte[] value = OutputJson.forecast(
                new Forecast(REGION, 400_000, 0, model, method, quality, cause, reason, loadMw, loadMw, loadMw));

        // then
        assertKeeps("forecast", Contract.json(value));
    }

    @Test
    void scoresKeepTheirs() {
        // given
        RunningScore running = new RunningScore(24, 0.7, 1.4, 80);

        // when
        byte[] value = OutputJson.accuracy(
                REGION,
                new ModelId("gru-attention", "1", "0".repeat(64)),
                "challenger",
                new PointScore(400_000, 3, 1, true, 100, 99, 97, 101, 98, 1, 2, true, running, running, running));

        // then
        assertKeeps("accuracy", Contract.json(value));
    }

    @Test
    void alertsKeepTheirs() {
        // given
        Map<String, String> evidence = Map.of("reason", "some");

        // when
        byte[] raised = OutputJson.alert(
                new Alert("id", AlertKind.DEVICE_LOST, null, 400_000, null, "device is lost", evidence));
        byte[] cleared = OutputJson.alert(
                new Alert("id", AlertKind.DEVICE_LOST, REGION, 400_000, 400_001L, "device is back", evidence));

        // then
        assertKeeps("alert", Contract.json(raised));
        assertKeeps("alert", Contract.json(cleared));
    }

    @Test
    void theContractKnowsEverySeverity() {
        // when
        JsonNode severities = Contract.of("alert").schema().at("/properties/severity/enum");

        // then
        List<String> keys = Arrays.stream(AlertKind.Severity.values())
                .map(AlertKind.Severity::key)
                .toList();
        assertThat(new ObjectMapper().convertValue(severities, String[].class))
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void theContractKnowsEveryReasonOfADeadLetter() {
        // when
        JsonNode codes = Contract.of("dead-letter-headers").schema().at("/properties/loadcast_reason/enum");

        // then
        List<String> reasons = Arrays.stream(RejectionReason.values())
                .map(RejectionReason::code)
                .toList();
        assertThat(new ObjectMapper().convertValue(codes, String[].class)).containsExactlyInAnyOrderElementsOf(reasons);
    }

    private static void assertKeeps(String name, JsonNode document) {
        Contract contract = Contract.of(name);
        assertThat(contract.violations(document)).isEmpty();
        assertThat(contract.undescribed(document)).isEmpty();
    }
}
