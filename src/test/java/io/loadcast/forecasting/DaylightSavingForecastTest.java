package io.loadcast.forecasting;

import static io.loadcast.forecasting.RegionForecastingTest.EVERY_LEAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import io.loadcast.domain.CalendarFeature;
import io.loadcast.domain.CivilCalendar;
import io.loadcast.domain.EpochHour;
import io.loadcast.domain.HolidayCalendar;
import io.loadcast.domain.ImputationLimits;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import io.loadcast.domain.RegionCalendars;
import io.loadcast.inference.Device;
import io.loadcast.inference.EngineOptions;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.OnnxForecastEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The use case with the shipped model while a change of clocks passes through all 24 hours ahead and all 90 hours of the lookback.
 */
class DaylightSavingForecastTest {
    private static final int LOOKBACK = 90;
    private static final int HORIZON = 24;
    private static final int HOURS_OF_WEEK = 168;

    /** Both changes of each zone, and an ordinary night of those that have none. */
    private static final String CHANGES = """
        America/New_York,    2024-03-10T07:00:00Z
        America/New_York,    2024-11-03T06:00:00Z
        Europe/Berlin,       2024-03-31T01:00:00Z
        Europe/Berlin,       2024-10-27T01:00:00Z
        Australia/Melbourne, 2024-10-05T16:00:00Z
        Australia/Melbourne, 2024-04-06T16:00:00Z
        Australia/Lord_Howe, 2024-10-05T15:30:00Z
        Australia/Lord_Howe, 2024-04-06T15:00:00Z
        Asia/Kolkata,        2024-03-10T18:30:00Z
        Asia/Kathmandu,      2024-10-27T18:15:00Z
        """;

    /** Gives every run to the shipped model and keeps the calendar that it saw, window by window. */
    private static final class WatchedEngine implements ForecastEngine {
        private final ForecastEngine shipped =
                OnnxForecastEngine.open(ModelFile.shipped(), new EngineOptions(Device.CPU, 1));
        private final List<float[]> calendars = new ArrayList<>();

        @Override
        public void run(WindowBatch batch) {
            FloatBuffer calendar = batch.calendar();
            for (int row = 0; row < batch.size(); row++) {
                float[] one = new float
                        [(LOOKBACK + HORIZON) * manifest().calendarFeatures().size()];
                calendar.get(one);
                calendars.add(one);
            }
            shipped.run(batch);
        }

        @Override
        public ModelId model() {
            return shipped.model();
        }

        @Override
        public ModelManifest manifest() {
            return shipped.manifest();
        }

        @Override
        public String device() {
            return shipped.device();
        }

        @Override
        public void close() {
            shipped.close();
        }
    }

    /** A holiday on one date. */
    private record OneHoliday(LocalDate date) implements HolidayCalendar {
        @Override
        public String code() {
            return date.toString();
        }

        @Override
        public boolean isHoliday(LocalDate other) {
            return date.equals(other);
        }
    }

    private final WatchedEngine engine = new WatchedEngine();
    private final RecordedOutputs outputs = new RecordedOutputs();

    @AfterEach
    void close() {
        engine.close();
    }

    /** What the model forecasts until the change has passed through every hour ahead and every hour of the lookback. */
    private List<Forecast> forecastAcross(Instant change, Region region, RegionCalendars calendars) {
        RegionForecasting forecasting = new RegionForecasting(
                IntakeRules.DEFAULT,
                new ForecastBatch(engine, calendars, ImputationLimits.DEFAULT, 16),
                new MapRegionStates(StateLayout.of(engine.manifest(), 24, EVERY_LEAD)),
                outputs);
        outputs.clear();
        engine.calendars.clear();
        long changed = EpochHour.containing(change);
        for (long hour = firstIssue(changed) - LOOKBACK + 1; hour <= changed + LOOKBACK + 1; hour++) {
            forecasting.take(new Reading(region, EpochHour.start(hour), loadMw(hour)));
            if (hour % 5 == 0) {
                forecasting.flush();
            }
        }
        forecasting.flush();
        return outputs.forecasts.stream()
                .filter(forecast -> forecast.quality() != ForecastQuality.FALLBACK) // of the warm-up
                .toList();
    }

    private static long firstIssue(long changed) {
        return changed - HORIZON - 2;
    }

    /** So large that what is published keeps more than a float holds. */
    private static double loadMw(long hour) {
        return 2e6 + 4e5 * Math.sin(2 * Math.PI * hour / 24) + 1e4 * Math.sin(hour);
    }

    @ParameterizedTest(name = "{0}, around {1}")
    @CsvSource(textBlock = CHANGES)
    void leadTimesCountUtcHoursAndEveryStepHasTheCalendarOfItsWallClock(String zone, Instant change) {
        // given a holiday on the day of the change, by a region's own calendar and not by that of others
        Region region = new Region("north");
        LocalDate holiday = LocalDate.ofInstant(change, ZoneId.of(zone));
        CivilCalendar civil = new CivilCalendar(ZoneId.of(zone), new OneHoliday(holiday));
        long changed = EpochHour.containing(change);

        // when
        List<Forecast> forecasts =
                forecastAcross(change, region, new RegionCalendars(Map.of("north", civil), CivilCalendar.UTC));

        // then every hour of issue once, and 24 hours ahead of each
        assertThat(forecasts).hasSize((int) (changed + LOOKBACK + 1 - firstIssue(changed) + 1));
        assertThat(engine.calendars).hasSameSizeAs(forecasts);
        assertThat(outputs.withheld).isEmpty();
        assertThat(outputs.forecasts).hasSize(forecasts.size() + LOOKBACK - 1);
        for (int i = 0; i < forecasts.size(); i++) {
            Forecast forecast = forecasts.get(i);
            assertThat(forecast.issueHour()).isEqualTo(firstIssue(changed) + i);
            assertThat(forecast.horizonHours()).isEqualTo(HORIZON);
            assertThat(forecast.quality()).isEqualTo(ForecastQuality.OK);
            assertCalendar(engine.calendars.get(i), forecast.issueHour(), ZoneId.of(zone), holiday);
        }
        // and every hour is scored once at each lead time from which it had been forecast
        Set<List<Long>> scored = new HashSet<>();
        for (PointScore score : outputs.scores) {
            assertThat(score.validHour()).isEqualTo(score.issueHour() + score.leadHours());
            assertThat(score.leadHours()).isBetween(1, HORIZON);
            assertThat(scored.add(List.of(score.validHour(), (long) score.leadHours())))
                    .isTrue();
        }
        int last = outputs.forecasts.size() - 1;
        assertThat(scored).hasSize(HORIZON * (HORIZON + 1) / 2 + (last - HORIZON) * HORIZON);
    }

    private void assertCalendar(float[] calendar, long issueHour, ZoneId zone, LocalDate holiday) {
        List<CalendarFeature> features = engine.manifest().calendarFeatures();
        for (int step = 0; step < LOOKBACK + HORIZON; step++) {
            LocalDateTime wall = wallClock(issueHour - LOOKBACK + 1 + step, zone);
            for (int f = 0; f < features.size(); f++) {
                int expected = switch (features.get(f)) {
                    case HOUR_OF_DAY -> wall.getHour();
                    case DAY_OF_WEEK -> wall.getDayOfWeek().getValue() - 1;
                    case MONTH -> wall.getMonthValue();
                    case DAY_OF_YEAR -> wall.getDayOfYear();
                    case HOLIDAY -> wall.toLocalDate().equals(holiday) ? 1 : 0;
                };
                assertThat(calendar[step * features.size() + f])
                        .as("%s of %s, step %d", features.get(f), wall, step)
                        .isEqualTo(expected);
            }
        }
    }

    /** By the zone's offset from UTC at that instant. */
    private static LocalDateTime wallClock(long epochHour, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(EpochHour.start(epochHour));
        return LocalDateTime.ofEpochSecond(epochHour * 3600, 0, ZoneOffset.UTC).plusSeconds(offset.getTotalSeconds());
    }

    /**
     * The same readings of a region that the model knows and of one that it does not: their medians differ by the bias of the hour
     * of the week, of which the day's share takes its part.
     */
    @ParameterizedTest(name = "{0}, around {1}")
    @CsvSource(textBlock = CHANGES)
    void aKnownRegionHasTheBiasOfTheHourOfTheWeekThatTheWallShows(String zone, Instant change) throws IOException {
        // given
        RegionCalendars calendars = new RegionCalendars(Map.of(), CivilCalendar.withoutHolidays(ZoneId.of(zone)));
        Region known = engine.manifest().knownRegions().regions().get(0);
        float[] bias = shippedTensor("median_region_bias");
        float[] share = shippedTensor("median_day_share");

        // when
        List<Forecast> ofKnown = forecastAcross(change, known, calendars);
        List<Forecast> ofUnknown = forecastAcross(change, new Region("elsewhere"), calendars);

        // then
        double fromHourBefore = 0;
        for (int i = 0; i < ofKnown.size(); i++) {
            LocalDateTime next = wallClock(ofKnown.get(i).issueHour() + 1, ZoneId.of(zone));
            int hourOfWeek = 24 * (next.getDayOfWeek().getValue() - 1) + next.getHour();
            for (int h = 0; h < HORIZON; h++) {
                double moved =
                        Math.log(ofKnown.get(i).p50Mw()[h] / ofUnknown.get(i).p50Mw()[h]);
                double right = bias[(HOURS_OF_WEEK + hourOfWeek) * HORIZON + h] * (1 - share[h]);
                int before = (hourOfWeek + HOURS_OF_WEEK - 1) % HOURS_OF_WEEK;
                double wrong = bias[(HOURS_OF_WEEK + before) * HORIZON + h] * (1 - share[h]);
                assertThat(moved).as("%s, lead %d", next, h + 1).isCloseTo(right, within(5e-6));
                fromHourBefore = Math.max(fromHourBefore, Math.abs(moved - wrong));
            }
        }
        assertThat(fromHourBefore).as("the hour before has another bias").isGreaterThan(1e-3);
    }

    private static float[] shippedTensor(String name) throws IOException {
        try (InputStream model = ModelFile.class.getResourceAsStream(ModelFile.SHIPPED)) {
            return OnnxMl.ModelProto.parseFrom(model).getGraph().getInitializerList().stream()
                    .filter(tensor -> tensor.getName().equals(name))
                    .findAny()
                    .map(DaylightSavingForecastTest::floats)
                    .orElseThrow();
        }
    }

    private static float[] floats(OnnxMl.TensorProto tensor) {
        FloatBuffer raw = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] values = new float[raw.remaining()];
        raw.get(values);
        return values;
    }
}
