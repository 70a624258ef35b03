package io.loadcast.forecasting;

import static io.loadcast.forecasting.RegionForecastingTest.EVERY_LEAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoredLeadsTest {
    private static final Region REGION = new Region("AEP");
    private static final long START = 400_000;

    private final LastValueEngine engine = new LastValueEngine();

    /** A store that outlives changes of what is scored, as a changelog does. */
    private static final class Store implements RegionStates {
        private final Map<Integer, byte[]> days = new HashMap<>();
        private byte[] packed = {};
        private byte[] profile = {};
        private StateLayout layout;

        Store(StateLayout layout) {
            this.layout = layout;
        }

        @Override
        public RegionState of(Region region) {
            return packed.length == 0 ? RegionState.empty(layout) : RegionState.ofPacked(layout, packed);
        }

        @Override
        public void put(Region region, RegionState state) {
            packed = state.packed();
        }

        @Override
        public ScoreHistory historyOf(Region region) {
            return new ScoreHistory() {
                @Override
                public ScoredDay of(int day) {
                    byte[] kept = days.get(day % DAYS);
                    return kept == null
                            ? ScoredDay.unscored(day, layout.scoredLeads())
                            : ScoredDay.ofPacked(day, layout.scoredLeads(), kept);
                }

                @Override
                public void put(ScoredDay day) {
                    days.put(day.day() % DAYS, day.packed());
                }
            };
        }

        @Override
        public LoadProfile profileOf(Region region) {
            return profile.length == 0 ? LoadProfile.empty() : LoadProfile.ofPacked(profile);
        }

        @Override
        public void put(Region region, LoadProfile newest) {
            profile = newest.packed();
        }

        @Override
        public void forEach(BiConsumer<Region, RegionState> action) {
            action.accept(REGION, of(REGION));
        }
    }

    private StateLayout layout(Integer... leads) {
        return StateLayout.of(engine.manifest(), 24, ScoredLeads.of(List.of(leads)));
    }

    private List<PointScore> read(Store store, int firstHour, int lastHour) {
        RecordedOutputs outputs = new RecordedOutputs();
        RegionForecasting forecasting = new RegionForecasting(
                IntakeRules.DEFAULT,
                new ForecastBatch(
                        engine, new RegionCalendars(Map.of(), CivilCalendar.UTC), ImputationLimits.DEFAULT, 1),
                store,
                outputs);
        for (int hour = firstHour; hour <= lastHour; hour++) {
            forecasting.take(new Reading(REGION, EpochHour.start(START + hour), 1000 + hour % 24));
        }
        return outputs.scores;
    }

    @Test
    void onlyTheChosenLeadTimesAreScored() {
        // given
        Store store = new Store(layout(1, 6, 24));

        // when
        List<PointScore> scores = read(store, 0, 89 + 24);

        // then
        assertThat(scores.stream().filter(score -> score.validHour() == START + 89 + 24))
                .extracting(PointScore::leadHours)
                .containsExactly(1, 6, 24);
        assertThat(scores).as("from the first hour on").hasSize(113 + 108 + 90);
    }

    @Test
    void aScoreDoesNotDependOnWhatElseIsScored() {
        // given
        List<PointScore> all = read(new Store(StateLayout.of(engine.manifest(), 24, EVERY_LEAD)), 0, 400);

        // when
        List<PointScore> two = read(new Store(layout(1, 24)), 0, 400);

        // then
        List<PointScore> expected = all.stream()
                .filter(score -> score.leadHours() == 1 || score.leadHours() == 24)
                .toList();
        assertThat(two).isEqualTo(expected).hasSizeGreaterThan(500);
    }

    @Test
    void nothingIsScoredWhereNoLeadTimeIsChosen() {
        assertThat(read(new Store(layout()), 0, 200)).isEmpty();
    }

    @Test
    void scoresBeginAnewWhenOthersAreChosenAndForecastsGoOn() {
        // given
        Store store = new Store(layout(1, 24));
        read(store, 0, 150);
        store.layout = layout(1);
        read(store, 151, 160);
        store.layout = layout(1, 24);

        // when
        List<PointScore> scores = new ArrayList<>(read(store, 161, 400));

        // then: the first forecast after the change is issued with hour 161, and nothing older is in the sums
        assertThat(scores).extracting(PointScore::issueHour).first().isEqualTo(START + 161);
        for (PointScore score : scores) {
            int scored = (int) (score.issueHour() - START - 160);
            assertThat(score.all().count()).isEqualTo(scored);
            assertThat(score.last24h().count()).isEqualTo(Math.min(scored, 24));
            assertThat(score.last168h().count()).isEqualTo(Math.min(scored, 168));
        }
    }

    @Test
    void aLateReadingOfAnHourBeforeScoresBeganAnewIsNotScored() {
        // given
        Store store = new Store(layout(1, 24));
        read(store, 0, 140);
        read(store, 142, 150);
        store.layout = layout(24);
        read(store, 151, 152);
        store.layout = layout(1, 24);
        read(store, 153, 153);

        // when
        List<PointScore> late = read(store, 141, 141);
        List<PointScore> after = read(store, 154, 400);

        // then
        assertThat(late).isEmpty();
        assertThat(after).allSatisfy(score -> {
            assertThat(score.last24h().count()).isLessThanOrEqualTo(24);
            assertThat(score.last168h().count()).isLessThanOrEqualTo(168);
        });
    }

    @Test
    void leadTimesBeyondTheHorizonAreNotScored() {
        assertThat(ScoredLeads.DEFAULT.within(1).hours()).containsExactly(1);
        assertThat(ScoredLeads.DEFAULT.within(24)).isEqualTo(ScoredLeads.DEFAULT);
        assertThat(ScoredLeads.of(List.of(24, 1, 24)).toString()).isEqualTo("1,24");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 25, 1000})
    void leadTimesOutsideADayAreRefused(int lead) {
        assertThatThrownBy(() -> ScoredLeads.of(List.of(1, lead)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lead time of " + lead + " hours is not in 1 … 24");
    }
}
