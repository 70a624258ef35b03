package io.loadcast.metering;

import static io.loadcast.metering.MeterReadingOutcome.ACCEPTED;
import static io.loadcast.metering.MeterReadingOutcome.CORRECTION;
import static io.loadcast.metering.MeterReadingOutcome.DUPLICATE;
import static io.loadcast.metering.MeterReadingOutcome.LATE;
import static io.loadcast.metering.MeterReadingOutcome.OVERLAPPING;
import static io.loadcast.metering.MeterReadingOutcome.TOO_LATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.domain.EpochHour;
import io.loadcast.domain.Meter;
import io.loadcast.domain.MeterReading;
import io.loadcast.domain.MeteringInterval;
import io.loadcast.domain.Region;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Energies here are in watt-hours, so that a meter's energy of an hour is its load in watts. */
class MeteringTest {
    private static final Region REGION = new Region("AEP");
    private static final long START = EpochHour.containing(Instant.parse("2024-03-31T00:00:00Z"));
    private static final MeteringRules RULES =
            new MeteringRules(Duration.ofMinutes(15), MissingMeters.SCALE, 0.8, 72, Duration.ofDays(7));

    private final MapMeteringStates states = new MapMeteringStates();
    private final RecordedLoads loads = new RecordedLoads();
    private Metering metering = new Metering(RULES, states, loads);

    private void rules(MissingMeters missing, int keepHours, Duration forgetAfter) {
        metering = new Metering(
                new MeteringRules(Duration.ofMinutes(15), missing, 0.8, keepHours, forgetAfter), states, loads);
    }

    private MeterReadingOutcome take(String meter, long hour, int minute, int minutes, long wattHours) {
        return metering.take(reading(meter, hour, minute, minutes, wattHours));
    }

    private static MeterReading reading(String meter, long hour, int minute, int minutes, long wattHours) {
        return new MeterReading(
                REGION, new Meter(meter), new MeteringInterval(hour * 60 + minute, minutes), wattHours * 1000);
    }

    /** One hour of a meter in equal parts. */
    private void hourOf(String meter, long hour, int cadence, long wattHours) {
        for (int minute = 0; minute < 60; minute += cadence) {
            take(meter, hour, minute, cadence, wattHours * cadence / 60);
        }
    }

    @Test
    void metersOfAllCadencesAddUpToTheRegionsLoad() {
        // when
        for (long hour = START; hour < START + 4; hour++) {
            hourOf("five", hour, 5, 1200);
            hourOf("fifteen", hour, 15, 400);
            hourOf("thirty", hour, 30, 60);
            hourOf("sixty", hour, 60, 7);
        }

        // then
        assertThat(loads.finalWatts())
                .containsExactly(
                        entry(START, 1667L), entry(START + 1, 1667L), entry(START + 2, 1667L), entry(START + 3, 1667L));
        assertThat(loads.published).allMatch(MeteredLoad::complete).allMatch(load -> load.revision() == 0);
    }

    @Test
    void aMeterOfAHalfHourZoneCountsForBothHoursByMinutes() {
        // given: 100 Wh from 0:30 to 1:30, 60 from 1:30 to 2:30
        for (long hour = START; hour < START + 4; hour++) {
            take("delhi", hour, 30, 60, hour == START ? 100 : 60);
            hourOf("utc", hour, 60, 1000);
        }

        // then
        assertThat(loads.finalWatts()).containsEntry(START + 1, 1000L + 50 + 30);
        assertThat(loads.finalWatts()).containsEntry(START + 2, 1000L + 60);
    }

    @Test
    void whatRoundingTakesFromOneHourIsTheNextOnes() {
        MeteringInterval interval = new MeteringInterval(START * 60 + 40, 60);

        assertThat(interval.partIn(START, 100)).isEqualTo(33);
        assertThat(interval.partIn(START + 1, 100)).isEqualTo(67);
        assertThat(interval.partIn(START + 2, 100)).isZero();
    }

    @Test
    void anIntervalThatIsRepeatedChangesNothing() {
        // given
        hours("a", "b", 3);
        List<MeteredLoad> before = List.copyOf(loads.published);

        // when
        MeterReadingOutcome outcome = take("a", START + 1, 0, 60, 100);
        hours("a", "b", 3);

        // then
        assertThat(outcome).isEqualTo(DUPLICATE);
        assertThat(loads.published).isEqualTo(before);
        assertThat(loads.learned).isEqualTo(2);
    }

    private void hours(String first, String second, int hours) {
        for (long hour = START; hour < START + hours; hour++) {
            take(first, hour, 0, 60, 100);
            take(second, hour, 0, 60, 20);
        }
    }

    @Test
    void anotherEnergyForAKnownIntervalRevisesTheHourWhenTheNextOneCloses() {
        // given
        hours("a", "b", 3);

        // when
        MeterReadingOutcome outcome = take("a", START, 0, 60, 130);
        take("b", START, 0, 60, 21);
        boolean atOnce = loads.of(START).size() > 1;
        take("a", START + 3, 0, 60, 100);

        // then
        assertThat(outcome).isEqualTo(CORRECTION);
        assertThat(atOnce).isFalse();
        assertThat(loads.of(START)).extracting(MeteredLoad::watts).containsExactly(120L, 151L);
        assertThat(loads.of(START).get(1).revision()).isEqualTo(1);
    }

    @Test
    void anIntervalThatOverlapsAnotherOfItsMeterIsRefused() {
        // given
        take("a", START, 30, 60, 100);
        take("b", START + 1, 0, 15, 5);

        // then
        assertThat(take("a", START + 1, 0, 5, 1))
                .as("within, in the hour after")
                .isEqualTo(OVERLAPPING);
        assertThat(take("a", START, 30, 30, 50)).as("same start").isEqualTo(OVERLAPPING);
        assertThat(take("a", START, 0, 60, 50)).as("before and into it").isEqualTo(OVERLAPPING);
        assertThat(take("a", START + 1, 15, 60, 50)).as("its last part").isEqualTo(OVERLAPPING);
        assertThat(take("a", START + 1, 30, 60, 50)).as("right behind it").matches(outcome -> !outcome.isRefused());
        assertThat(take("b", START + 1, 15, 15, 5)).as("another meter").matches(outcome -> !outcome.isRefused());
    }

    @Test
    void aPartOfAnHourIsScaledToTheWholeWhenTheHourCloses() {
        // given: of the second hour, meter a has 55 minutes
        hourOf("a", START, 5, 600);
        for (int minute = 0; minute < 55; minute += 5) {
            take("a", START + 1, minute, 5, 50);
        }

        // when
        hourOf("a", START + 2, 5, 600);
        hourOf("a", START + 3, 5, 600);

        // then
        assertThat(loads.of(START + 1)).singleElement().satisfies(load -> {
            assertThat(load.watts()).isEqualTo(600);
            assertThat(load.complete()).isFalse();
            assertThat(load.completeness()).isCloseTo(55.0 / 60, within(1e-9));
        });
    }

    /** Meters of 900, 60, 30 and 10 W; in the second hour those named are missing. */
    private void secondHourWithout(List<String> missing) {
        for (long hour = START; hour < START + 4; hour++) {
            int number = 0;
            for (long watts : new long[] {900, 60, 30, 10}) {
                String meter = "m" + number++;
                if (hour != START + 1 || !missing.contains(meter)) {
                    take(meter, hour, 0, 60, hour == START + 1 ? watts * 2 : watts);
                }
            }
        }
    }

    @Test
    void missingMetersAreMadeUpForByTheirWeight() {
        // when: 10 % of the weight is missing, three meters of four
        secondHourWithout(List.of("m1", "m2", "m3"));

        // then
        assertThat(loads.of(START + 1)).singleElement().satisfies(load -> {
            assertThat(load.watts()).isEqualTo(2000);
            assertThat(load.completeness()).isCloseTo(0.9, within(1e-9));
            assertThat(load.complete()).isFalse();
        });
    }

    @Test
    void anHourThatLacksABigConsumerIsAwaitedAndPublishedWhenItComes() {
        // given
        secondHourWithout(List.of("m0"));
        boolean publishedWithout = !loads.of(START + 1).isEmpty();

        // when
        MeterReadingOutcome outcome = take("m0", START + 1, 0, 60, 1800);

        // then
        assertThat(publishedWithout).isFalse();
        assertThat(loads.awaited).containsExactly(START + 1);
        assertThat(outcome).isEqualTo(LATE);
        assertThat(loads.of(START + 1)).extracting(MeteredLoad::watts).containsExactly(2000L);
    }

    @Test
    void thePolicyToWaitPublishesNothingThatIsNotComplete() {
        // given
        rules(MissingMeters.WAIT, 72, Duration.ofDays(7));

        // when
        secondHourWithout(List.of("m3"));
        boolean publishedWithout = !loads.of(START + 1).isEmpty();
        take("m3", START + 1, 0, 60, 20);

        // then
        assertThat(publishedWithout).isFalse();
        assertThat(loads.of(START + 1)).singleElement().satisfies(load -> {
            assertThat(load.watts()).isEqualTo(2000);
            assertThat(load.complete()).isTrue();
        });
    }

    @Test
    void aMeterOfUnknownWeightCountsLikeTheMeanOfTheOthers() {
        // given: e comes with a quarter of an hour, then is silent
        for (long hour = START; hour < START + 4; hour++) {
            if (hour == START + 1) {
                take("e", hour, 0, 15, 25);
            }
            for (String meter : List.of("a", "b", "c", "d")) {
                take(meter, hour, 0, 60, 100);
            }
        }

        // then: 400 scaled by 500/400
        assertThat(loads.of(START + 1)).extracting(MeteredLoad::watts).containsExactly(500L);
        assertThat(loads.of(START + 2)).extracting(MeteredLoad::watts).containsExactly(500L);
        assertThat(loads.of(START + 2).get(0).completeness()).isCloseTo(0.8, within(1e-9));
    }

    @Test
    void manyLateMetersReviseAnHourAFewTimesOnly() {
        // given: 1,000 known meters; in the third hour 150 are missing
        int meters = 1000;
        for (long hour = START; hour < START + 4; hour++) {
            for (int meter = 0; meter < (hour == START + 2 ? 850 : meters); meter++) {
                take("m" + meter, hour, 0, 60, 10);
            }
        }
        List<MeteredLoad> scaled = loads.of(START + 2);
        int walksBefore = states.walks;

        // when
        for (int meter = 850; meter < meters; meter++) {
            take("m" + meter, START + 2, 0, 60, 20);
        }

        // then
        assertThat(scaled).extracting(MeteredLoad::watts).containsExactly(10_000L);
        assertThat(loads.of(START + 2)).extracting(MeteredLoad::watts).containsExactly(10_000L, 11_500L);
        assertThat(states.walks - walksBefore).isZero();
    }

    @Test
    void metersThatAppearOneByOneDoNotReviseTheFirstHourEachTime() {
        // when
        for (long hour = START; hour < START + 3; hour++) {
            for (int meter = 0; meter < 500; meter++) {
                take("m" + meter, hour, 0, 60, 10);
            }
        }

        // then
        assertThat(loads.published).extracting(MeteredLoad::watts).containsExactly(5000L, 5000L, 5000L);
        assertThat(loads.published).allMatch(MeteredLoad::complete);
    }

    @Test
    void aSilentMeterIsForgottenAndNotMissedAnyMore() {
        // given
        rules(MissingMeters.SCALE, 3, Duration.ofHours(6));
        take("a", START, 0, 60, 100);
        take("b", START, 0, 60, 100);
        take("c", START, 0, 60, 10);

        // when: c is silent
        for (long hour = START + 1; hour < START + 12; hour++) {
            take("a", hour, 0, 60, 100);
            take("b", hour, 0, 60, 100);
        }

        // then
        assertThat(loads.of(START + 1)).extracting(MeteredLoad::watts).containsExactly(210L);
        assertThat(loads.of(START + 10)).singleElement().satisfies(load -> {
            assertThat(load.watts()).isEqualTo(200);
            assertThat(load.complete()).isTrue();
        });
        assertThat(loads.forgotten).isEqualTo(1);
        assertThat(take("c", START + 11, 0, 60, 10)).isEqualTo(ACCEPTED);
        assertThat(loads.learned).isEqualTo(4);
    }

    @Test
    void oneBadClockMovesNothing() {
        // given
        hours("a", "b", 2);
        take("c", START + 1, 0, 60, 10);

        // when
        take("c", START + 10_000, 0, 60, 10);
        take("c", START + 10_001, 0, 60, 10);

        // then
        assertThat(states.clock(REGION).closedHour()).isEqualTo(START);
        assertThat(take("a", START + 2, 0, 60, 100)).isEqualTo(ACCEPTED);
    }

    @Test
    void whatIsOlderThanTheKeptHoursIsRefusedAndItsStateIsGone() {
        // given
        rules(MissingMeters.WAIT, 3, Duration.ofDays(1));
        take("a", START, 0, 30, 50);
        take("a", START, 30, 30, 50);
        take("a", START + 1, 0, 30, 50);

        // when: the second hour stays a half
        for (long hour = START + 2; hour < START + 8; hour++) {
            hourOf("a", hour, 30, 100);
        }

        // then
        long closed = states.clock(REGION).closedHour();
        assertThat(take("a", closed - 3, 30, 15, 50)).isEqualTo(TOO_LATE);
        assertThat(take("a", closed - 2, 0, 30, 50)).isEqualTo(DUPLICATE);
        assertThat(loads.abandoned).containsExactly(START + 1);
        assertThat(states.hours(REGION, 0, closed - 3)).isEmpty();
        assertThat(states.meterHours(REGION, START + 1)).isEmpty();
    }

    @Test
    void hoursGoOutInTheirOrderAlthoughALaterOneIsCompleteFirst() {
        // given
        hours("a", "b", 2);

        // when: b's third hour comes after its fourth
        take("a", START + 2, 0, 60, 100);
        take("b", START + 3, 0, 60, 20);
        take("b", START + 2, 0, 60, 20);
        take("a", START + 3, 0, 60, 100);

        // then
        assertThat(loads.published)
                .extracting(MeteredLoad::hour)
                .isSorted()
                .containsExactly(START, START + 1, START + 2, START + 3);
    }

    @Test
    void aFeedThatPausesForMonthsGoesOn() {
        // given
        hours("a", "b", 3);

        // when
        for (long hour = START + 3000; hour < START + 3003; hour++) {
            take("a", hour, 0, 60, 100);
            take("b", hour, 0, 60, 20);
        }

        // then
        assertThat(loads.finalWatts())
                .containsEntry(START + 2, 120L)
                .containsEntry(START + 3000, 120L)
                .containsEntry(START + 3002, 120L);
    }

    @Test
    void aStateOfAnotherFormatIsRefusedWithAWayOut() {
        byte[] packed = {9, 0, 0};

        for (ThrowingCallable read : List.<ThrowingCallable>of(
                () -> MeteringClock.ofPacked(packed),
                () -> MeteredHour.ofPacked(START, packed),
                () -> KnownMeter.ofPacked(packed),
                () -> MeterHour.ofPacked(START, packed))) {
            assertThatThrownBy(read)
                    .isInstanceOf(IncompatibleMeteringStateException.class)
                    .hasMessageContaining("format 9, this program reads 1; run the version that wrote it");
        }
    }

    @Test
    void theCostOfAMeterReadingDoesNotGrowWithTheNumberOfMeters() {
        // given: a dead meter, so that no hour is complete
        take("dead", START, 0, 60, 1);
        int meters = 2000;

        // when
        for (long hour = START; hour < START + 5; hour++) {
            for (int minute = 0; minute < 60; minute += 15) {
                for (int meter = 0; meter < meters; meter++) {
                    take("m" + meter, hour, minute, 15, 10);
                }
            }
        }

        // then: all meters are walked when an hour closes, once to forget and once to estimate; 40,000 readings
        assertThat(states.clock(REGION).closedHour()).isEqualTo(START + 3);
        assertThat(states.walks).isLessThanOrEqualTo(2 * 4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void anyOrderOfArrivalWithinTheGraceGivesTheSameFinalReadings(long seed) {
        // given
        System.out.println("MeteringTest seed " + seed);
        Random random = new Random(seed);
        List<MeterReading> readings = feed(random, 10 + random.nextInt(30), 12);

        // when
        TreeMap<Long, Long> first = finalWatts(shuffledWithin(readings, 7, new Random(seed + 1000)));
        TreeMap<Long, Long> second = finalWatts(shuffledWithin(readings, 7, new Random(seed + 2000)));

        // then
        assertThat(second).isEqualTo(first);
        assertThat(first).hasSizeGreaterThan(6);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void whatIsFedAgainIsKnownAndChangesNothing(long seed) {
        // given
        System.out.println("MeteringTest seed " + seed);
        List<MeterReading> readings = shuffledWithin(feed(new Random(seed), 20, 12), 300, new Random(seed));
        readings.forEach(metering::take);
        int published = loads.published.size();

        // when
        List<MeterReadingOutcome> outcomes =
                readings.stream().map(reading -> metering.take(reading)).toList();

        // then
        assertThat(outcomes).containsOnly(DUPLICATE);
        assertThat(loads.published).hasSize(published).hasSizeGreaterThan(8);
    }

    @Test
    void tenThousandCorrectionsAreOneRevision() {
        // given
        int meters = 10_000;
        for (long hour = START; hour < START + 4; hour++) {
            for (int meter = 0; meter < meters; meter++) {
                take("m" + meter, hour, 0, 60, 10);
            }
        }

        // when
        for (int meter = 0; meter < meters; meter++) {
            take("m" + meter, START + 1, 0, 60, 11);
        }
        for (int meter = 0; meter < meters; meter++) {
            take("m" + meter, START + 4, 0, 60, 10);
        }

        // then
        assertThat(loads.of(START + 1)).extracting(MeteredLoad::watts).containsExactly(100_000L, 110_000L);
    }

    /** Each meter has its cadence; some fall silent for a while, some repeat. */
    private static List<MeterReading> feed(Random random, int meters, int hours) {
        int[] cadences = {5, 15, 30, 60};
        List<MeterReading> readings = new ArrayList<>();
        for (int meter = 0; meter < meters; meter++) {
            int cadence = cadences[random.nextInt(cadences.length)];
            int offset = random.nextInt(8) == 0 && cadence == 30 ? 15 : 0;
            int watts = 10 + random.nextInt(1000);
            int silentFrom = random.nextInt(4) == 0 ? random.nextInt(hours * 60) : hours * 60;
            int silentTo = silentFrom + 30 + random.nextInt(200);
            for (int minute = offset; minute + cadence <= hours * 60; minute += cadence) {
                if (minute < silentFrom || minute >= silentTo) {
                    long wattHours = (long) watts * cadence / 60 + random.nextInt(5);
                    MeterReading reading = reading("m" + meter, START, minute, cadence, wattHours);
                    readings.add(reading);
                    if (random.nextInt(20) == 0) {
                        readings.add(reading);
                    }
                }
            }
        }
        return readings;
    }

    /** By end of the interval, each delayed by up to so many minutes. */
    private static List<MeterReading> shuffledWithin(List<MeterReading> readings, int minutes, Random random) {
        record Arrival(MeterReading reading, double minute) {}
        List<Arrival> arrivals = new ArrayList<>();
        readings.forEach(reading ->
                arrivals.add(new Arrival(reading, reading.interval().endMinute() + random.nextDouble() * minutes)));
        Collections.shuffle(arrivals, random);
        arrivals.sort(Comparator.comparingDouble(Arrival::minute));
        return arrivals.stream().map(Arrival::reading).toList();
    }

    private static TreeMap<Long, Long> finalWatts(List<MeterReading> readings) {
        RecordedLoads recorded = new RecordedLoads();
        Metering one = new Metering(RULES, new MapMeteringStates(), recorded);
        readings.forEach(one::take);
        TreeMap<Long, Long> watts = new TreeMap<>(recorded.finalWatts());
        // What revises the newest closed hour waits for the next one to close, which the end of the feed prevents.
        watts.keySet().removeIf(hour -> hour > START + 9);
        return watts;
    }
}
