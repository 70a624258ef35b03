package io.loadcast.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.FallbackCause;
import io.loadcast.forecasting.Forecast;
import io.loadcast.forecasting.ForecastMethod;
import io.loadcast.forecasting.ForecastQuality;
import io.loadcast.forecasting.LastValueEngine;
import io.loadcast.forecasting.MapRegionStates;
import io.loadcast.forecasting.ModelId;
import io.loadcast.forecasting.PointScore;
import io.loadcast.forecasting.ReadingOutcome;
import io.loadcast.forecasting.RunningScore;
import io.loadcast.forecasting.ScoredLeads;
import io.loadcast.forecasting.StateLayout;
import io.loadcast.forecasting.Suspicion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertingTest {
    private static final Region REGION = new Region("AEP");
    private static final long START = 400_000;
    private static final Path GOLDEN = Path.of("src/test/resources/state");

    private final MapAlertStates states = new MapAlertStates();
    private final RecordedAlerts outputs = new RecordedAlerts();
    private Alerting alerting = started(AlertSettings.DEFAULT);

    private Alerting started(AlertSettings settings) {
        Alerting fresh = new Alerting(settings, states, outputs, 3);
        fresh.rebuild(new MapRegionStates(StateLayout.of(new LastValueEngine().manifest(), 24, ScoredLeads.DEFAULT)));
        return fresh;
    }

    private void forecast(long hour, double p50Mw) {
        forecast(hour, null, p50Mw);
    }

    private void forecast(long hour, @Nullable FallbackCause cause, double p50Mw) {
        double[] p50 = new double[24];
        Arrays.fill(p50, p50Mw);
        alerting.forecast(new Forecast(
                REGION,
                START + hour,
                0,
                new ModelId("m", "1", "0".repeat(64)),
                cause == null ? ForecastMethod.MODEL : ForecastMethod.RATIO,
                cause == null ? ForecastQuality.OK : ForecastQuality.FALLBACK,
                cause,
                cause == null ? null : "the model gave no number",
                p50,
                p50,
                p50));
        alerting.store();
    }

    private void fallback(long from, long to, FallbackCause cause) {
        for (long hour = from; hour < to; hour++) {
            forecast(hour, cause, 1000);
        }
    }

    private void score(long hour, boolean isLate, double actualMw) {
        RunningScore running = new RunningScore(24, 1, 2, 80);
        alerting.score(
                REGION,
                new PointScore(
                        START + hour,
                        1,
                        0,
                        isLate,
                        actualMw,
                        1000,
                        900,
                        1100,
                        1000,
                        1,
                        2,
                        900 <= actualMw && actualMw <= 1100,
                        running,
                        running,
                        running));
    }

    private void read(long hour, double loadMw, boolean isFlat, long offset) {
        if (isFlat) {
            alerting.suspect(REGION, Suspicion.FLATLINE);
        }
        alerting.taken(
                new Reading(REGION, EpochHour.start(START + hour), loadMw), ReadingOutcome.NEXT, START + hour, offset);
        alerting.store();
    }

    @Test
    void aFallbackThatNoGapExplainsIsToldUntilTheModelForecastsAgain() {
        // given
        forecast(0, 1000);

        // when
        fallback(1, 5, FallbackCause.NOT_FINITE);
        for (int hour = 5; hour < 9; hour++) {
            forecast(hour, 1000);
        }

        // then
        assertThat(outputs.alerts)
                .extracting(Alert::kind, Alert::raisedHour, Alert::clearedHour)
                .containsExactly(
                        tuple(AlertKind.FALLBACK_IN_USE, START + 3, null),
                        tuple(AlertKind.FALLBACK_IN_USE, START + 3, START + 7));
        assertThat(outputs.alerts.get(0).evidence()).containsEntry("reason", "the model gave no number");
    }

    @Test
    void theFallbackOfAWarmUpOrOfAFeedGapIsNot() {
        // when
        fallback(0, 90, FallbackCause.WARMING_UP);
        forecast(90, 1000);
        fallback(91, 130, FallbackCause.LONG_GAP);

        // then
        assertThat(outputs.of(AlertKind.FALLBACK_IN_USE)).isEmpty();
    }

    @Test
    void aLoadThatIsReadLateIsNoReasonToLookAtAnHourAgain() {
        // given
        forecast(0, 1000);

        // when
        score(0, true, 9000);
        forecast(1, 1000);

        // then
        assertThat(outputs.alerts).isEmpty();
    }

    @Test
    void anIntervalWithoutAWidthIsLeftByAnyOtherLoad() {
        // given
        RunningScore running = new RunningScore(24, 1, 2, 80);

        // when
        alerting.score(
                REGION,
                new PointScore(
                        START, 1, 0, false, 1000.1, 1000, 1000, 1000, 1000, 0, 0, false, running, running, running));
        forecast(0, 1000);

        // then
        assertThat(outputs.alerts)
                .singleElement()
                .satisfies(alert -> assertThat(alert.evidence()).containsEntry("half_widths", "999.00"));
    }

    @Test
    void aRuleThatIsSwitchedOffClearsWhatItHadRaised() {
        // given
        score(0, false, 9000);
        forecast(0, 1000);
        read(0, 1000, true, 0);
        int raised = outputs.alerts.size();

        // when
        alerting = started(AlertSettings.OFF);
        score(1, false, 9000);
        forecast(1, 1000);
        read(1, 1000, true, 1);

        // then
        assertThat(raised).isEqualTo(2);
        assertThat(outputs.alerts)
                .filteredOn(alert -> alert.clearedHour() != null)
                .extracting(Alert::kind)
                .containsExactly(AlertKind.OUTSIDE_INTERVAL, AlertKind.FLATLINE);
    }

    @Test
    void anOrdinaryHourIsNotStored() {
        // given
        score(0, false, 1000);
        forecast(0, 1000);
        read(0, 1000, false, 0);
        int puts = states.puts();

        // when
        for (int hour = 1; hour < 20; hour++) {
            read(hour, 1000 + hour, false, hour);
            score(hour, false, 1000);
            forecast(hour, 1000);
        }

        // then
        assertThat(states.puts()).isEqualTo(puts);
    }

    /** The files are written by the present format; where it differs, it takes a new one and a reader of this one. */
    @Test
    void theFormatIsTheOneThatGoldenFilesHold() throws IOException {
        // given
        for (int hour = 0; hour < 9; hour++) {
            read(hour, 1000, hour > 5, hour);
            score(hour, false, hour == 7 ? 9000 : 1120);
            forecast(hour, 1000);
        }
        for (int dead = 9; dead < 40; dead++) {
            alerting.deadLetter(dead, START);
        }
        alerting.store();

        // when
        String region = HexFormat.of().formatHex(Objects.requireNonNull(states.of(REGION)));
        String partition = HexFormat.of().formatHex(Objects.requireNonNull(states.partition()));

        // then
        assertThat(List.of(region, partition))
                .isEqualTo(Files.readAllLines(GOLDEN.resolve("alert-state.format-1.hex")));
    }

    @Test
    void aFormatThatNobodyKnowsIsRefused() {
        // given
        byte[] packed = RegionAlerts.none().takePacked();
        packed[0] = 2;

        // then
        assertThatThrownBy(() -> RegionAlerts.ofPacked(packed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run with the version that wrote it");
    }

    @Test
    void aStateOfFewerKindsIsRead() {
        // given
        RegionAlerts alerts = RegionAlerts.none();
        alerts.raise(AlertKind.FLATLINE, START);
        byte[] packed = alerts.takePacked();

        // when
        RegionAlerts read = RegionAlerts.ofPacked(Arrays.copyOf(packed, packed.length - 6));

        // then
        assertThat(read.raisedHour(AlertKind.FLATLINE)).isEqualTo(START);
        assertThat(read.isRaised(AlertKind.FALLBACK_IN_USE)).isFalse();
    }
}
