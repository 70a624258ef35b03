package io.loadcast.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.Contract;
import io.loadcast.domain.MeterReading;
import io.loadcast.domain.Reading;
import io.loadcast.domain.Region;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterFleetTest {
    private static final Instant NOON = Instant.parse("2021-07-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"1, 1234.5", "7, 0.0001", "100, 17953", "10000, 20000.1", "3, 0"})
    void itsMetersAddUpToTheLoadExactly(int meters, double loadMw) {
        // when
        List<MeterReading> readings = new MeterFleet(meters).split(new Reading(new Region("AEP"), NOON, loadMw));

        // then
        assertThat(readings.stream()
                        .mapToLong(MeterReading::energyMilliwattHours)
                        .sum())
                .isEqualTo(Math.round(loadMw * 1e9));
        assertThat(readings.stream().map(MeterReading::meter).distinct()).hasSize(meters);
        assertThat(readings).allMatch(reading -> reading.interval().firstHour() == NOON.getEpochSecond() / 3600);
    }

    @Test
    void cadencesAreMixedAndComeInTheOrderOfTheirEnds() {
        // when
        List<MeterReading> readings = new MeterFleet(8).split(new Reading(new Region("AEP"), NOON, 10));

        // then
        assertThat(readings).hasSize(2 * (12 + 4 + 2 + 1));
        assertThat(readings)
                .extracting(reading -> reading.interval().endMinute())
                .isSorted();
    }

    @Test
    void itsRecordsKeepTheContractOfMeterReadings() {
        // given
        MeterReadingRecords records = new MeterReadingRecords("meters", "/test", new MeterFleet(4));

        // when
        List<ProducerRecord<byte[], byte[]>> sent = records.of(new Reading(new Region("Süd"), NOON, 10.1));

        // then
        Contract contract = Contract.of("meter-reading");
        assertThat(sent).hasSize(19).allSatisfy(record -> {
            assertThat(contract.violations(Contract.json(record.value()))).isEmpty();
            assertThat(contract.undescribed(Contract.json(record.value()))).isEmpty();
        });
        assertThat(sent.stream().map(record -> Contract.json(record.value())).filter(value -> value.has("power_kw")))
                .hasSize(2);
    }
}
