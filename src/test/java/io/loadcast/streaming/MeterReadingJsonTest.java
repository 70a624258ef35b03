package io.loadcast.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.loadcast.domain.Meter;
import io.loadcast.domain.MeterReading;
import io.loadcast.domain.MeteringInterval;
import io.loadcast.domain.Region;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeterReadingJsonTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final byte[] KEY = "AEP".getBytes(UTF_8);

    private static String json(String fields) {
        return ("{'meter':'A-7','region':'AEP'," + fields + "}").replace('\'', '"');
    }

    private static InvalidReadingException refusal(String fields) {
        return catchThrowableOfType(
                InvalidReadingException.class,
                () -> MeterReadingJson.parse(KEY, json(fields).getBytes(UTF_8), NOW));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "15 | 'energy_kwh':0.174 | 174000",
                "15 | 'power_kw':0.696   | 174000",
                "5  | 'power_kw':1       | 83333",
                "60 | 'power_kw':1e9     | 1000000000000000",
                "60 | 'energy_kwh':0.1234567 | 123457",
                "1  | 'energy_kwh':-0.0  | 0",
            })
    void energyAndMeanPowerAreReadToTheMilliwattHour(int minutes, String measured, long milliwattHours)
            throws InvalidReadingException {
        // given
        String json = json("'valid_time':'2018-01-01T03:45:00+01:00','duration_minutes':" + minutes + ","
                + measured.replace('\'', '"'));

        // when
        MeterReading reading = MeterReadingJson.parse(KEY, json.getBytes(UTF_8), NOW);

        // then
        MeteringInterval interval =
                new MeteringInterval(Instant.parse("2018-01-01T02:45:00Z").getEpochSecond() / 60, minutes);
        assertThat(reading).isEqualTo(new MeterReading(new Region("AEP"), new Meter("A-7"), interval, milliwattHours));
    }

    @ParameterizedTest
    @ValueSource(strings = {"power_kw", "energy_kwh"})
    void theLargestThatMayBeMeasuredIsReadInAnIntervalOfAnyLength(String field) {
        for (int minutes = 1; minutes <= 60; minutes++) {
            // given
            double largest = field.equals("power_kw")
                    ? MeterReading.LARGEST_POWER_KW
                    : MeterReading.LARGEST_POWER_KW * (minutes / 60.0);
            byte[] json = json("'valid_time':'2018-01-01T02:00:00Z','duration_minutes':" + minutes + ",'" + field + "':"
                            + largest)
                    .getBytes(UTF_8);

            // then
            assertThatCode(() -> MeterReadingJson.parse(KEY, json, NOW))
                    .as("%s minutes", minutes)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MISSING_FIELD    | 'valid_time':'2018-01-01T00:00:00Z','duration_minutes':5",
                "MISSING_FIELD    | 'valid_time':'2018-01-01T00:00:00Z','energy_kwh':1",
                "MISSING_FIELD    | 'duration_minutes':5,'energy_kwh':1",
                "BAD_ENERGY       | 'valid_time':'2018-01-01T00:00:00Z','duration_minutes':5,'energy_kwh':1,'power_kw':12",
                "BAD_ENERGY       | 'valid_time':'2018-01-01T00:00:00Z','duration_minutes':5,'energy_kwh':-1",
                "BAD_ENERGY       | 'valid_time':'2018-01-01T00:00:00Z','duration_minutes':60,'power_kw':1.1e9",
                "BAD_ENERGY       | 'valid_time':'2018-01-01T00:00:00Z','duration_minutes':30,'energy_kwh':6e8",
                "WRONG_TYPE       | 'valid_time':'2018-01-01T00:00:00Z','duration_minutes':5,'energy_kwh':'1'",
                "WRONG_TYPE       | 'valid_time':'2018-01-01T00:00:00Z','duration_minutes':'5','energy_kwh':1",
                "BAD_DURATION     | 'valid_time':'2018-01-01T00:00:00Z','duration_minutes':0,'energy_kwh':1",
                "BAD_DURATION     | 'valid_time':'2018-01-01T00:00:00Z','duration_minutes':61,'energy_kwh':1",
                "BAD_DURATION     | 'valid_time':'2018-01-01T00:00:00Z','duration_minutes':7.5,'energy_kwh':1",
                "NOT_WHOLE_MINUTE | 'valid_time':'2018-01-01T00:00:30Z','duration_minutes':5,'energy_kwh':1",
                "BAD_TIME         | 'valid_time':'2018-01-01T00:00:00','duration_minutes':5,'energy_kwh':1",
                "BAD_TIME         | 'valid_time':'1969-12-31T23:30:00Z','duration_minutes':5,'energy_kwh':1",
                "FROM_THE_FUTURE  | 'valid_time':'2026-01-31T12:45:00Z','duration_minutes':30,'energy_kwh':1",
            })
    void whatIsNotAValidMeterReadingIsRefusedWithItsReason(RejectionReason reason, String fields) {
        assertThat(refusal(fields).reason()).isEqualTo(reason);
    }

    @Test
    void anIntervalMayEndAnHourAheadOfTheClock() {
        assertThat(refusal("'valid_time':'2026-01-31T12:45:00Z','duration_minutes':15,'energy_kwh':1"))
                .isNull();
    }

    @Test
    void theMeterHasANameAndTheKeyIsTheRegion() {
        // given
        String rest = "\"valid_time\":\"2018-01-01T00:00:00Z\",\"duration_minutes\":5,\"energy_kwh\":1}";
        byte[] blank = ("{\"meter\":\" \",\"region\":\"AEP\"," + rest).getBytes(UTF_8);
        byte[] other = ("{\"meter\":\"A\",\"region\":\"DUQ\"," + rest).getBytes(UTF_8);

        // then
        assertThat(catchThrowableOfType(InvalidReadingException.class, () -> MeterReadingJson.parse(KEY, blank, NOW))
                        .reason())
                .isEqualTo(RejectionReason.BAD_METER);
        assertThat(catchThrowableOfType(InvalidReadingException.class, () -> MeterReadingJson.parse(KEY, other, NOW))
                        .reason())
                .isEqualTo(RejectionReason.KEY_MISMATCH);
    }
}
