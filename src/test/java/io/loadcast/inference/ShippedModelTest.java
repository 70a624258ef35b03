package io.loadcast.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.loadcast.dataset.CsvFormat;
import io.loadcast.dataset.HourLabel;
import io.loadcast.dataset.HourlyCsv;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.dataset.PjmData;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.Region;
import io.loadcast.holidays.PublicHolidays;
import io.loadcast.training.evaluation.Protocol;
import io.loadcast.training.evaluation.ProtocolEvaluation;
import io.loadcast.training.evaluation.Scores;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedModelTest {
    private static final CsvFormat WITH_HOLIDAYS = new CsvFormat(
            HourLabel.END, new CivilCalendar(CsvFormat.PJM.zone(), PublicHolidays.of("us")), null, null, null);

    private final ModelFile shipped = ModelFile.shipped();

    @Test
    void isSmallAndSaysWhereItComesFrom() {
        assertThat(shipped.sizeBytes()).isLessThanOrEqualTo(3_000_000);
        assertThat(shipped.manifest().training()).containsKeys("regions", "period", "split", "seed", "epochs");
        assertThat(shipped.manifest().scores()).containsKeys("article_test_smape_pct_1h", "article_test_smape_pct_24h");
    }

    @Test
    void recordsScoresAsGoodAsPromised() {
        assertThat(shipped.manifest().scores().get("article_test_smape_pct_1h")).isLessThanOrEqualTo(0.73);
        assertThat(shipped.manifest().scores().get("article_test_smape_pct_24h"))
                .isLessThanOrEqualTo(5.3);
    }

    @ParameterizedTest
    @CsvSource({
        "EKPC, 1.80, 8.4", // the hardest region
        "PJM_Load, 0.54, 3.75",
    })
    void scoresWhatItsManifestSaysAndNoWorseThanItsBounds(String region, double most1h, double most24h) {
        // given
        List<HourlySeries> file = HourlyCsv.read(PjmData.directory().resolve(region + "_hourly.csv"), WITH_HOLIDAYS);

        // when
        Scores scores;
        try (OnnxForecastEngine engine = OnnxForecastEngine.open(shipped, new EngineOptions(Device.CPU, 1))) {
            scores = new ProtocolEvaluation(Protocol.ARTICLE, file).score(engine);
        }

        // then
        String name = file.get(0).region().name();
        for (int lead : new int[] {1, 24}) {
            double recorded = shipped.manifest().scores().get("article_test_smape_pct_" + lead + "h_" + name);
            assertThat(scores.smapePct(lead)).isCloseTo(recorded, within(1e-4));
        }
        assertThat(scores.smapePct(1)).isLessThanOrEqualTo(most1h);
        assertThat(scores.smapePct(24)).isLessThanOrEqualTo(most24h);
    }

    @Test
    void forecastsARegionThatItDoesNotKnowNearlyAsWell() {
        // given: the loads of a region that it knows, under another name
        HourlySeries known = HourlyCsv.read(PjmData.directory().resolve("EKPC_hourly.csv"), WITH_HOLIDAYS)
                .get(0);
        HourlySeries unknown = new HourlySeries(
                new Region("elsewhere"), known.civilCalendar(), known.firstEpochHour(), known.loadMw());

        // when
        Scores scores;
        try (OnnxForecastEngine engine = OnnxForecastEngine.open(shipped, new EngineOptions(Device.CPU, 1))) {
            scores = new ProtocolEvaluation(Protocol.ARTICLE, List.of(unknown)).score(engine);
        }

        // then
        double knownPct = shipped.manifest().scores().get("article_test_smape_pct_24h_EKPC");
        assertThat(shipped.manifest().knownRegions().number(known.region())).isPositive();
        assertThat(shipped.manifest().knownRegions().number(unknown.region())).isZero();
        assertThat(scores.smapePct(1)).isLessThanOrEqualTo(1.80);
        assertThat(scores.smapePct(24)).isGreaterThan(knownPct).isLessThanOrEqualTo(8.5);
    }
}
