package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.HoursOfWeek;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileDayTest {
    /** A Monday, at midnight in UTC. */
    private static final long START = 24 * 16_664;

    private static final long DAY = 24;

    private final HoursOfWeek hoursOfWeek = new HoursOfWeek(CivilCalendar.UTC);
    private RegionState state = RegionState.empty(new StateLayout(90, 24, ScoredLeads.DEFAULT));
    private LoadProfile profile = LoadProfile.empty();

    /** Reads hours one after the other, and lets the profile enter each day with its first. */
    private LoadProfile read(long from, long to, LongToDoubleFunction loadMw) {
        for (long hour = from; hour < to; hour++) {
            boolean isNewDay = !state.isEmpty() && ScoredDay.dayOf(hour) > ScoredDay.dayOf(state.newestReadingHour());
            state = state.with(
                    new Reading(new Region("AEP"), EpochHour.start(hour), loadMw.applyAsDouble(hour)), Suspicion.NONE);
            profile = isNewDay ? ProfileDay.entered(profile, state, hour, hoursOfWeek) : profile;
        }
        return profile;
    }

    private static double week(long hour) {
        long of = Math.floorMod(hour - START, 168L);
        return 1000 * (1 + 0.2 * Math.sin(of * Math.PI / 12)) * (of >= 120 ? 0.7 : 1);
    }

    @Test
    void aWeekThatRepeatsItselfIsLearntUpToTheDayBeforeYesterday() {
        // when
        LoadProfile learnt = read(START, START + 7 * DAY + 1, ProfileDayTest::week);

        // then
        double levelMw = learnt.levelMw();
        for (int hour = 0; hour < 6 * DAY; hour++) {
            assertThat(learnt.shape(hour) * levelMw).isCloseTo(week(START + hour), within(0.001));
        }
        for (int hour = (int) (6 * DAY); hour < 7 * DAY; hour++) {
            assertThat(learnt.shape(hour)).as("of yesterday").isNaN();
        }
    }

    @Test
    void aRungThatIsRightIsScoredSoAndOneThatIsNotIsScoredAsItWouldHaveForecast() {
        // when
        LoadProfile learnt = read(START, START + 14 * DAY + 1, ProfileDayTest::week);

        // then
        for (int lead = 0; lead < LoadProfile.SCORED_LEADS.length; lead++) {
            assertThat(learnt.smapePct(Rung.HOUR_OF_WEEK, lead)).isLessThan(0.01);
        }
        assertThat(learnt.smapePct(Rung.RATIO, 3)).isGreaterThan(5);
        assertThat(learnt.smapePct(Rung.LAST_VALUE, 2)).isGreaterThan(15);
        double weight = learnt.weight(Rung.LAST_VALUE, 0);
        assertThat(weight).as("forgets a seventh a day").isBetween(24.0, 24 * 7.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingOfTheDayThatIsOverIsLearntAndNothingOfTheDayBeforeScoresIt(long seed) {
        // given
        Random random = new Random(seed);
        long over = START + 10 * DAY;
        double[] noise = random.doubles(24, 0.5, 2).toArray();
        read(START, over, ProfileDayTest::week);
        RegionState before = state;
        LoadProfile profileBefore = profile;

        // when: only the day that is over differs
        LoadProfile usual = read(over, over + DAY + 1, ProfileDayTest::week);
        state = before;
        profile = profileBefore;
        LoadProfile odd =
                read(over, over + DAY + 1, hour -> week(hour) * (hour < over + DAY ? noise[(int) (hour - over)] : 1));

        // then
        assertThat(odd.levelMw()).as("seed %d", seed).isEqualTo(usual.levelMw());
        for (int hour = 0; hour < HoursOfWeek.COUNT; hour++) {
            assertThat(odd.shape(hour)).isEqualTo(usual.shape(hour));
        }
        assertThat(odd.smapePct(Rung.HOUR_OF_WEEK, 0)).isGreaterThan(usual.smapePct(Rung.HOUR_OF_WEEK, 0) + 1);
    }

    @Test
    void hoursThatWereNotReadAreNeitherLearntNorScored() {
        // given
        read(START, START + 3 * DAY, ProfileDayTest::week);

        // when: a whole day is missing
        read(START + 4 * DAY, START + 4 * DAY + 1, ProfileDayTest::week);
        double weight = profile.weight(Rung.LAST_VALUE, 0);
        LoadProfile learnt = read(START + 4 * DAY + 1, START + 7 * DAY + 1, ProfileDayTest::week);

        // then
        assertThat(weight).as("of three days").isCloseTo(23 * 36 / 49.0 + 24 * 6 / 7.0 + 24, within(1e-9));
        assertThat(learnt.shape((int) (3 * DAY + 5))).isNaN();
        assertThat(learnt.shape((int) (2 * DAY + 5))).isNotNaN();
        assertThat(learnt.shape((int) (4 * DAY + 5))).isNotNaN();
    }

    @Test
    void aStateFromBeforeThereWereProfilesIsLearntFromWhatItsRingHolds() {
        // given
        read(START, START + 5 * DAY, ProfileDayTest::week);
        profile = LoadProfile.empty();

        // when
        LoadProfile learnt = read(START + 5 * DAY, START + 5 * DAY + 1, ProfileDayTest::week);

        // then: 114 hours before this one are certain
        for (int hour = 0; hour < HoursOfWeek.COUNT; hour++) {
            assertThat(Float.isNaN(learnt.shape(hour)))
                    .as("hour %d", hour)
                    .isEqualTo(hour < 5 * DAY - 114 || hour >= 4 * DAY);
        }
        assertThat(learnt.isScored(Rung.RATIO, 0)).isTrue();
    }

    @Test
    void aProfileOfAnotherVersionIsRefusedWithAWayOut() {
        // given
        byte[] packed = LoadProfile.empty().packed().clone();
        packed[0] = 2;

        // then
        assertThatThrownBy(() -> LoadProfile.ofPacked(packed))
                .isInstanceOf(IncompatibleStateException.class)
                .hasMessageContaining("another version of loadcast", "application id");
        assertThatThrownBy(() ->
                        LoadProfile.ofPacked(Arrays.copyOf(LoadProfile.empty().packed(), 100)))
                .isInstanceOf(IncompatibleStateException.class);
    }
}
