package io.loadcast.forecasting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each forecast is made by the champion that its region had when its flush began. */
class ChampionsTest {
    private static final Region AEP = new Region("AEP");
    private static final Region DUQ = new Region("DUQ");
    private static final long START = 420_000;
    private static final int LOOKBACK = 90;

    private final RecordedOutputs outputs = new RecordedOutputs();
    private final VersionedEngine first = new VersionedEngine("1", 1);
    private final VersionedEngine second = new VersionedEngine("2", 1);
    private final ServedModels models = new ServedModels(ModelSnapshot.of(first));
    private long hour = START;

    private final RegionForecasting forecasting = new RegionForecasting(
            IntakeRules.DEFAULT,
            new ForecastBatch(models, new RegionCalendars(Map.of(), CivilCalendar.UTC), ImputationLimits.DEFAULT, 4),
            new MapRegionStates(new StateLayout(LOOKBACK, 24, ScoredLeads.DEFAULT)),
            outputs);

    private List<Forecast> forecasts() {
        return outputs.forecasts.stream()
                .filter(forecast -> forecast.quality() == ForecastQuality.OK)
                .toList();
    }

    private void read(int hours) {
        for (int i = 0; i < hours; i++, hour++) {
            for (Region region : List.of(AEP, DUQ)) {
                forecasting.take(new Reading(region, EpochHour.start(hour), 1000 + hour % 24));
            }
        }
    }

    private void warmUp() {
        read(LOOKBACK - 1);
        forecasting.flush();
        first.batches().clear();
    }

    @Test
    void regionsWithDifferentChampionsShareAFlushAndEachModelRunsOnce() {
        // given
        warmUp();
        models.publish(new ModelSnapshot(first, Map.of(DUQ, second), List.of(), Map.of()));

        // when
        read(1);
        forecasting.flush();

        // then
        assertThat(forecasts()).extracting(Forecast::region).containsExactly(AEP, DUQ);
        assertThat(forecasts())
                .extracting(forecast -> forecast.model().version())
                .containsExactly("1", "2");
        assertThat(first.batches()).containsExactly(1);
        assertThat(second.batches()).containsExactly(1);
    }

    @Test
    void aModelThatIsPutInForceDuringAFlushForecastsFromTheNextOneOn() {
        // given
        warmUp();
        first.duringRun(() -> models.publish(ModelSnapshot.of(second)));

        // when
        read(2); // a full batch: two hours of two regions
        first.duringRun(null);
        read(2);

        // then
        assertThat(forecasts())
                .extracting(forecast -> forecast.region() + "/" + (forecast.issueHour() - START - LOOKBACK + 1) + "/"
                        + forecast.model().version())
                .containsExactly(
                        "AEP/0/1", "AEP/1/1", "DUQ/0/1", "DUQ/1/1", "AEP/2/2", "AEP/3/2", "DUQ/2/2", "DUQ/3/2");
    }

    @Test
    void aFlushThatFailsGivesItsLeaseBackAndTheNextModelForecastsWhatIsStillDue() {
        // given
        warmUp();
        first.duringRun(() -> {
            throw new ForecastEngineException("the device failed");
        });
        read(1);
        assertThatThrownBy(forecasting::flush).isInstanceOf(ForecastEngineException.class);

        // when
        ModelSnapshot failed = models.inForce();
        models.publish(ModelSnapshot.of(second));

        // then
        assertThat(failed.isHeldAnew()).as("it is over").isFalse();
        forecasting.flush();
        assertThat(forecasts())
                .hasSize(2)
                .allSatisfy(forecast -> assertThat(forecast.model()).isEqualTo(second.model()));
    }

    @Test
    void aFallbackIsUnderTheNameOfItsRegionsChampion() {
        // given
        models.publish(new ModelSnapshot(first, Map.of(DUQ, second), List.of(), Map.of()));

        // when
        read(30);
        forecasting.flush();

        // then
        assertThat(outputs.forecasts).isNotEmpty().allSatisfy(forecast -> {
            assertThat(forecast.quality()).isEqualTo(ForecastQuality.FALLBACK);
            assertThat(forecast.model().version()).isEqualTo(forecast.region().equals(DUQ) ? "2" : "1");
        });
    }
}
