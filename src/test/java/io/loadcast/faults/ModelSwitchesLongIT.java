package io.loadcast.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * 200 switches between two models under load, in one process: every forecast names one model, none is missed, and the memory of the
 * process does not grow. {@code mvn -B verify -Pfaults -Dit.test=ModelSwitchesLongIT}, with {@code -Dloadcast.switches=N} for another
 * number.
 */
class ModelSwitchesLongIT {
    private static final int SWITCHES = Integer.getInteger("loadcast.switches", 200);

    /** An engine of the shipped model has 8 MB: if they were not closed, 150 switches would cost 1.2 GB. */
    private static final long GROWTH_KILOBYTES = 60_000;

    @Test
    void memoryIsFlatOver200SwitchesUnderLoad() {
        switchModels("model-switches-long", SWITCHES, SWITCHES / 4, GROWTH_KILOBYTES);
    }

    /**
     * @param warmUp switches after which the process has the memory that it needs
     * @param mostGrowthKilobytes by how much its resident memory may differ from then to the end
     */
    static void switchModels(String name, int switches, int warmUp, long mostGrowthKilobytes) {
        // given
        Path directory = FaultRuns.newDirectory(name);
        try (BrokerCluster broker = BrokerCluster.start(directory, 1, FaultRuns.QUICK_BROKER);
                ModelSwitches run = new ModelSwitches(broker, directory.resolve("run"))) {
            // when
            run.run(switches);

            // then
            List<Long> kilobytes = run.kilobytes();
            long before = median(kilobytes.subList(warmUp / 2, warmUp));
            long after = median(kilobytes.subList(kilobytes.size() - warmUp / 2, kilobytes.size()));
            List<Duration> times = new ArrayList<>(run.untilForecast());
            times.sort(null);
            System.out.printf(
                    "%d switches: resident memory %d MB after %d of them, %d MB at the end, %d … %d MB in all; "
                            + "first forecast by the new model after %d ms (median), %d ms (longest)%n",
                    kilobytes.size(),
                    before / 1000,
                    warmUp,
                    after / 1000,
                    kilobytes.stream().mapToLong(k -> k).min().orElseThrow() / 1000,
                    kilobytes.stream().mapToLong(k -> k).max().orElseThrow() / 1000,
                    times.get(times.size() / 2).toMillis(),
                    times.get(times.size() - 1).toMillis());
            Set<String> known =
                    new HashSet<>(run.models().stream().map(ModelId::sha256).toList());
            Map<String, Forecasts> byRegion = new TreeMap<>();
            run.forEachForecast(
                    record -> byRegion.computeIfAbsent(new String(record.key(), UTF_8), region -> new Forecasts(known))
                            .add(record));
            assertThat(byRegion).hasSize(ModelSwitches.REGIONS);
            byRegion.forEach((region, forecasts) -> {
                assertThat(forecasts.count).as(region).isEqualTo(run.hours());
                assertThat(forecasts.changes).as("switches seen in " + region).isGreaterThan(switches / 2);
            });
            assertThat(after - before).as("growth in kilobytes").isLessThan(mostGrowthKilobytes);
        }
    }

    /** Those of a region, held against what they have to be as they come. */
    private static final class Forecasts {
        private final Set<String> known;
        private @Nullable Instant issueTime;
        private String sha256 = "";
        private int changes;
        private int count;

        Forecasts(Set<String> known) {
            this.known = known;
        }

        void add(ConsumerRecord<byte[], byte[]> record) {
            JsonNode forecast = Contract.json(record.value());
            Instant issued = Instant.parse(forecast.get("issue_time").asText());
            String model = forecast.at("/model/sha256").asText();
            if (issueTime != null) {
                assertThat(issued).isEqualTo(issueTime.plus(Duration.ofHours(1)));
                changes += model.equals(sha256) ? 0 : 1;
            }
            assertThat(forecast.get("revision").asInt()).isZero();
            assertThat(changes == 0 || known.contains(model)).as(model).isTrue();
            issueTime = issued;
            sha256 = model;
            count++;
        }
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
