package io.loadcast.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.Reading;
import io.loadcast.domain.RegionCalendars;
import io.loadcast.forecasting.AlertKind;
import io.loadcast.forecasting.ForecastBatch;
import io.loadcast.forecasting.IntakeRules;
import io.loadcast.forecasting.LastValueEngine;
import io.loadcast.forecasting.MapRegionStates;
import io.loadcast.forecasting.RandomReadings;
import io.loadcast.forecasting.ReadingOutcome;
import io.loadcast.forecasting.RegionForecasting;
import io.loadcast.forecasting.ScoredLeads;
import io.loadcast.forecasting.StateLayout;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts are those of batches of one, whatever is flushed when, and across restarts. */
class BatchedAlertingTest {
    private static final long START = 400_000;

    /** So impatient that a wild feed raises all of them again and again. */
    private static final AlertSettings IMPATIENT = AlertSettings.of(Map.ofEntries(
            Map.entry("outside-interval.hours", "2"),
            Map.entry("outside-interval.beyond", "1"),
            Map.entry("outside-interval.far", "1.5"),
            Map.entry("outside-interval.clear-hours", "2"),
            Map.entry("peak-above.mw", "1070"),
            Map.entry("peak-above.hours", "1"),
            Map.entry("peak-above.clear-hours", "2"),
            Map.entry("feed-silent.hours", "3"),
            Map.entry("flatline.clear-hours", "1"),
            Map.entry("model-drift.threshold", "0.2"),
            Map.entry("model-drift.lead-hours", "1"),
            Map.entry("coverage-lost.below-pct", "80"),
            Map.entry("coverage-lost.margin-pct", "1"),
            Map.entry("coverage-lost.lead-hours", "1"),
            Map.entry("coverage-lost.hours", "1"),
            Map.entry("coverage-lost.clear-hours", "1"),
            Map.entry("dead-letters.records", "40"),
            Map.entry("dead-letters.share", "0.03"),
            Map.entry("regions.R1.outside-interval.hours", "3")));

    /** One task, as its processor has it. */
    private static final class Task {
        private final LastValueEngine engine = new LastValueEngine();
        private final StateLayout layout = StateLayout.of(engine.manifest(), 24, ScoredLeads.DEFAULT);
        private final MapRegionStates states = new MapRegionStates(layout);
        private final MapAlertStates alertStates = new MapAlertStates();
        private final RecordedAlerts outputs = new RecordedAlerts();
        private final int batchSize;
        private RegionForecasting forecasting;
        private Alerting alerting;
        private long offset;

        Task(int batchSize) {
            this.batchSize = batchSize;
            start();
        }

        void start() {
            alerting = new Alerting(IMPATIENT, alertStates, outputs, 0);
            forecasting = new RegionForecasting(
                    // The streams have few loads to choose from: two equal ones are flat.
                    new IntakeRules(24, 10, 2),
                    new ForecastBatch(
                            engine,
                            new RegionCalendars(Map.of(), CivilCalendar.UTC),
                            ImputationLimits.DEFAULT,
                            batchSize),
                    states,
                    alerting);
            forecasting.rebuild();
            alerting.rebuild(states);
        }

        void take(Reading reading) {
            ReadingOutcome outcome = forecasting.take(reading);
            if (outcome == ReadingOutcome.TOO_LATE) {
                alerting.deadLetter(offset, reading.epochHour());
            } else {
                Long clock = switch (outcome) {
                    case NEXT, GAP -> reading.epochHour();
                    case LATE -> states.of(reading.region()).newestReadingHour();
                    default -> null;
                };
                alerting.taken(reading, outcome, clock, offset);
            }
            alerting.store();
            offset++;
        }

        void flush() {
            forecasting.flush();
            alerting.store();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void alertsAreThoseOfBatchesOfOneWhateverIsFlushedWhenAndAcrossRestarts(long seed) {
        // given
        Random random = new Random(seed);
        List<Reading> stream = RandomReadings.stream(random, START, 6000);
        Task plain = new Task(1);
        stream.forEach(plain::take);

        // when
        int batchSize = 2 + random.nextInt(100);
        Task batched = new Task(batchSize);
        for (Reading reading : stream) {
            batched.take(reading);
            double dice = random.nextDouble();
            if (dice < 0.02) {
                batched.flush();
            } else if (dice < 0.04) {
                batched.start();
            }
        }
        batched.flush();

        // then
        assertThat(batched.outputs.byRegionAndKind)
                .as("seed %d, batch size %d", seed, batchSize)
                .isEqualTo(plain.outputs.byRegionAndKind);
        assertThat(batched.outputs.others).as("seed %d", seed).isEqualTo(plain.outputs.others);
        plain.states.forEach((region, state) -> assertThat(batched.alertStates.of(region))
                .as("seed %d, state of %s", seed, region)
                .isEqualTo(plain.alertStates.of(region)));
        assertThat(batched.alertStates.partition()).as("seed %d", seed).isEqualTo(plain.alertStates.partition());
        assertThat(kinds(plain.outputs)).as("seed %d: what was raised", seed).containsAll(EXPECTED);
    }

    /** What every one of the streams raises; most lose coverage too. There is no other fallback than that of a gap. */
    private static final Set<AlertKind> EXPECTED = EnumSet.of(
            AlertKind.OUTSIDE_INTERVAL,
            AlertKind.PEAK_ABOVE,
            AlertKind.FEED_SILENT,
            AlertKind.FLATLINE,
            AlertKind.MODEL_DRIFT,
            AlertKind.DEAD_LETTERS,
            AlertKind.FEED_GAP);

    private static Set<AlertKind> kinds(RecordedAlerts outputs) {
        return outputs.alerts.stream().map(alert -> alert.kind()).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyAlertIsRaisedOnceAndThenClearedAtMostOnceAndNoSooner(long seed) {
        // given
        Task task = new Task(16);

        // when
        RandomReadings.stream(new Random(seed), START, 6000).forEach(task::take);
        task.flush();

        // then
        Map<String, List<Long>> clearedById = task.outputs.alerts.stream()
                .collect(Collectors.groupingBy(
                        alert -> alert.id(),
                        Collectors.mapping(
                                alert -> alert.clearedHour() == null ? -1 : alert.clearedHour(), Collectors.toList())));
        assertThat(clearedById).as("seed %d", seed).isNotEmpty().allSatisfy((id, hours) -> {
            assertThat(hours.get(0)).as(id).isEqualTo(-1);
            assertThat(hours).as(id).hasSizeLessThanOrEqualTo(2);
        });
        assertThat(task.outputs.alerts).as("seed %d", seed).allSatisfy(alert -> {
            if (alert.clearedHour() != null) {
                assertThat(alert.clearedHour()).as(alert.id()).isGreaterThanOrEqualTo(alert.raisedHour());
            }
        });
    }
}
