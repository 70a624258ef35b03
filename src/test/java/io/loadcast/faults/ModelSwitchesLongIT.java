package io.loadcast.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.loadcast.Contract;
import io.loadcast.forecasting.ModelId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * 200 switches between two models under load, in one process: every forecast names one model, none is missed, and the memory of the
 * process does not grow. {@code mvn -B verify -Pfaults -Dit.test=ModelSwitchesLongIT}, with {@code -Dloadcast.switches=N} for another
 * number.
 */
class ModelSwitchesLongIT {
    private static final int SWITCHES = Integer.getInteger("loadcast.switches", 200);

    /** An engine of the shipped model has some 8 MB; one that is not closed each time would show after ten switches. */
    private static final long GROWTH_KILOBYTES = 60_000;

    @Test
    void memoryIsFlatOver200SwitchesUnderLoad() {
        switchModels("model-switches-long", SWITCHES, 50);
    }

    /** @param warmUp switches after which the process has the memory that it needs */
    static void switchModels(String name, int switches, int warmUp) {
        // given
        Path directory = FaultRuns.newDirectory(name);
        try (BrokerCluster broker = BrokerCluster.start(directory, 1, FaultRuns.QUICK_BROKER);
                ModelSwitches run = new ModelSwitches(broker, directory.resolve("run"))) {
            // when
            run.run(switches);

            // then
            Set<String> known =
                    new HashSet<>(run.models().stream().map(ModelId::sha256).toList());
            run.forecasts().forEach((region, forecasts) -> verify(region, forecasts, run.hours(), known));
            List<Long> kilobytes = run.kilobytes();
            long before = median(kilobytes.subList(warmUp / 2, warmUp));
            long after = median(kilobytes.subList(kilobytes.size() - warmUp / 2, kilobytes.size()));
            List<Duration> times = new ArrayList<>(run.untilForecast());
            times.sort(null);
            System.out.printf(
                    "%d switches: resident memory %d MB after %d of them, %d MB at the end, %d … %d MB in all; "
                            + "first forecast by the new model after %d ms (median), %d ms (longest)%n",
                    switches,
                    before / 1000,
                    warmUp,
                    after / 1000,
                    kilobytes.stream().mapToLong(k -> k).min().orElseThrow() / 1000,
                    kilobytes.stream().mapToLong(k -> k).max().orElseThrow() / 1000,
                    times.get(times.size() / 2).toMillis(),
                    times.get(times.size() - 1).toMillis());
            assertThat(after - before).as("growth in kilobytes").isLessThan(GROWTH_KILOBYTES);
        }
    }

    private static void verify(
            String region, List<ConsumerRecord<byte[], byte[]>> forecasts, int hours, Set<String> known) {
        assertThat(forecasts).as(region).hasSize(hours - 23);
        Instant expected = Instant.ofEpochMilli(forecasts.get(0).timestamp());
        int changes = 0;
        String before = "";
        for (ConsumerRecord<byte[], byte[]> record : forecasts) {
            JsonNode forecast = Contract.json(record.value());
            assertThat(forecast.get("issue_time").asText()).isEqualTo(expected.toString());
            assertThat(forecast.get("revision").asInt()).isZero();
            String sha256 = forecast.at("/model/sha256").asText();
            changes += sha256.equals(before) ? 0 : 1;
            assertThat(changes == 1 || known.contains(sha256)).as(sha256).isTrue();
            before = sha256;
            expected = expected.plus(Duration.ofHours(1));
        }
        assertThat(changes)
                .as("models that came one after the other in " + region)
                .isGreaterThan(2);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
