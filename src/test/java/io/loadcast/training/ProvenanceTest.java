package io.loadcast.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.dataset.HourlySeries;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.KnownRegions;
import io.loadcast.domain.Region;
import io.loadcast.holidays.PublicHolidays;
import io.loadcast.zoo.LinearForecast;
import io.loadcast.zoo.Zoo;
import io.loadcast.zoo.linear.LinearOnly;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
    private static final CivilCalendar NEW_YORK =
            new CivilCalendar(ZoneId.of("America/New_York"), PublicHolidays.of("us"));
    private static final CivilCalendar BERLIN = CivilCalendar.withoutHolidays(ZoneId.of("Europe/Berlin"));

    @Test
    void calendarThatAllRegionsShareIsToldOnce() {
        assertThat(provenance(series("AEP", NEW_YORK), series("PJM.West", NEW_YORK)))
                .containsEntry("civil_calendar", "zone America/New_York, holidays us")
                .doesNotContainKeys("civil_calendar_AEP", "civil_calendar_PJM.West");
    }

    @Test
    void calendarsThatDifferAreToldByRegion() {
        assertThat(provenance(series("AEP", NEW_YORK), series("Bayern", BERLIN)))
                .containsEntry("civil_calendar_AEP", "zone America/New_York, holidays us")
                .containsEntry("civil_calendar_Bayern", "zone Europe/Berlin, holidays none")
                .doesNotContainKey("civil_calendar");
    }

    @Test
    void calibrationOfTheMedianIsToldOfANetworkThatKnowsRegionsOnly() {
        assertThat(provenance(KnownRegions.NONE, series("AEP", NEW_YORK)))
                .doesNotContainKey("calibration_of_the_median");
        assertThat(provenance(new KnownRegions(List.of(new Region("AEP"))), series("AEP", NEW_YORK)))
                .containsKey("calibration_of_the_median");
    }

    private static Map<String, String> provenance(HourlySeries... series) {
        return provenance(KnownRegions.NONE, series);
    }

    private static Map<String, String> provenance(KnownRegions known, HourlySeries... series) {
        TrainedNetwork trained = new TrainedNetwork(
                Zoo.named("linear"),
                Map.of(),
                known,
                LinearOnly.weights(LinearForecast.zero(73, 24)),
                0,
                new ValidationScore(0, new float[24]));
        TrainingSettings settings = new TrainingSettings(
                new DescentSettings(1, 1, 1, 1, Schedule.COSINE, 0, 0, 0),
                new LossSettings(LossKind.PINBALL, 1),
                1,
                0.05,
                1,
                null);
        return Provenance.of(trained, List.of(series), settings);
    }

    private static HourlySeries series(String region, CivilCalendar calendar) {
        return new HourlySeries(new Region(region), calendar, 420_000, new float[] {1, 2, 3});
    }
}
