package io.loadcast.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.app.CommittedRecords;
import io.loadcast.app.InvalidSettingException;
import io.loadcast.app.LoadcastServer;
import io.loadcast.app.ProcessedOffsets;
import io.loadcast.broker.EmbeddedBroker;
import io.loadcast.dataset.HourlySeries;
import io.loadcast.feed.SyntheticGrid;
import io.loadcast.inference.ModelFile;
import io.loadcast.inference.TestModels;
import io.loadcast.streaming.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays on a real broker, of a grid whose readings are late, revised and repeated here and there. */
class ReplayIT {
    private static final Instant END = Instant.parse("2024-04-10T00:00:00Z");
    private static final int HOURS = 330;
    private static final Instant FIRST = END.minus(Duration.ofHours(HOURS));
    private static final List<HourlySeries> GRID =
            new SyntheticGrid(3, ZoneId.of("Europe/Berlin"), 11).seriesBefore(END, HOURS);
    private static final int LATE = 200;
    private static final int REVISED = 210;
    private static final ReplayProgress QUIET = new ReplayProgress() {
        @Override
        public void say(String sentence) {}

        @Override
        public void at(long done, long total) {}
    };

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;
    private static Map<String, String> kafka;
    private static ForecastDigest live;
    private static ForecastDigest livePeriod;

    private static final Instant PERIOD_FROM = FIRST.plus(Duration.ofHours(20));
    private static final Instant PERIOD_END = END.minus(Duration.ofHours(30));
    /** From when on the lookback has nothing of the time before the period. */
    private static final Instant WARM = PERIOD_FROM.plus(Duration.ofHours(115));

    private record Line(String region, int hour, double loadMw) {}

    @BeforeAll
    static void liveRun() throws Exception {
        broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        createTopic(Topics.DEFAULT.readings(), Map.of());
        produce(Topics.DEFAULT.readings(), asItCame());
        Map<String, Object> settings = settings("live");
        settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
        settings.put("loadcast.forecast.batch-size", 1);
        settings.put("loadcast.topics.partitions", 2);
        try (LoadcastServer server = LoadcastServer.start(settings, Optional.empty())) {
            awaitProcessed(server);
        }
        live = digest(Topics.DEFAULT.forecasts());
        livePeriod = digest(Topics.DEFAULT.forecasts(), WARM, PERIOD_END);
        assertThat(live.forecasts()).isGreaterThan(3 * (HOURS - 23));
    }

    private static void awaitProcessed(LoadcastServer server) throws Exception {
        Properties properties = new Properties();
        properties.putAll(kafka);
        try (TopicReader reader = new TopicReader(kafka, Topics.DEFAULT.readings());
                ProcessedOffsets offsets = new ProcessedOffsets(
                        properties, server.applicationId(), server.topics(), server.counters()::dueHours)) {
            Map<TopicPartition, Long> ends = new HashMap<>();
            reader.ends().forEach((p, end) -> ends.put(new TopicPartition(Topics.DEFAULT.readings(), p), end));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> offsets.allOutputsAreCommitted(ends));
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /** Of region 1 an hour comes five hours late, of region 2 one is revised six hours later, of region 3 one is repeated. */
    private static List<Line> asItCame() {
        List<Line> lines = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            for (HourlySeries series : GRID) {
                String region = series.region().name();
                if (!(region.equals("SYN_0001") && hour == LATE)) {
                    lines.add(new Line(region, hour, load(series, hour)));
                }
                if (region.equals("SYN_0001") && hour == LATE + 5) {
                    lines.add(new Line(region, LATE, load(series, LATE)));
                } else if (region.equals("SYN_0002") && hour == REVISED + 6) {
                    lines.add(new Line(region, REVISED, revised()));
                } else if (region.equals("SYN_0003") && hour == REVISED) {
                    lines.add(new Line(region, hour, load(series, hour)));
                }
            }
        }
        return lines;
    }

    private static double load(HourlySeries series, int hour) {
        return Math.round(series.loadMw(hour) * 10) / 10.0;
    }

    private static double revised() {
        return load(GRID.get(1), REVISED) + 50;
    }

    private static void produce(String topic, List<Line> lines) {
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(new HashMap<>(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Line line : lines) {
                Instant validTime = FIRST.plus(Duration.ofHours(line.hour()));
                String json = "{\"region\":\"" + line.region() + "\",\"valid_time\":\"" + validTime + "\",\"load_mw\":"
                        + line.loadMw() + "}";
                producer.send(new ProducerRecord<>(
                        topic, null, validTime.toEpochMilli(), line.region().getBytes(UTF_8), json.getBytes(UTF_8)));
            }
        }
    }

    private static void createTopic(String name, Map<String, String> config) throws Exception {
        Map<String, String> all = new HashMap<>(config);
        all.put("retention.ms", "-1");
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            admin.createTopics(List.of(new NewTopic(name, 2, (short) 1).configs(all)))
                    .all()
                    .get();
        }
    }

    private static Map<String, Object> settings(String name) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("kafka.streams.default.state.dir", directory.resolve(name).toString());
        settings.put("loadcast.default-holidays", "none");
        settings.put("loadcast.http.enabled", false);
        return settings;
    }

    private static Request request(String name) {
        return new Request(
                name, Topics.DEFAULT.readings(), Optional.empty(), Optional.empty(), Set.of(), false, Map.of());
    }

    /** A {@link ReplayRequest} with usual values. */
    private record Request(
            String name,
            String topic,
            Optional<Instant> from,
            Optional<Instant> before,
            Set<String> regions,
            boolean finalValues,
            Map<String, Object> more) {
        ReplayRequest get() {
            Map<String, Object> settings = settings(name);
            settings.putAll(more);
            return new ReplayRequest(
                    kafka,
                    topic,
                    from,
                    before,
                    regions,
                    Optional.of(name),
                    finalValues,
                    Optional.empty(),
                    Topics.DEFAULT.deadLetters(),
                    settings,
                    Optional.empty());
        }

        Request of(String otherTopic) {
            return new Request(name, otherTopic, from, before, regions, finalValues, more);
        }

        Request within(Instant start, Instant end) {
            return new Request(name, topic, Optional.of(start), Optional.of(end), regions, finalValues, more);
        }

        Request withFinalValues() {
            return new Request(name, topic, from, before, regions, true, more);
        }

        Request with(String setting, Object value) {
            return new Request(name, topic, from, before, regions, finalValues, Map.of(setting, value));
        }

        Request ofRegions(String... names) {
            return new Request(name, topic, from, before, Set.of(names), finalValues, more);
        }

        ReplaySummary summary() throws InterruptedException {
            try (Replay replay = Replay.prepare(get(), QUIET)) {
                assertThat(replay.run(QUIET, () -> false)).isTrue();
                return replay.summary();
            }
        }

        ForecastDigest replayed() throws InterruptedException {
            return summary().digest();
        }
    }

    private static ForecastDigest digest(String topic) {
        return new ForecastDigest(Set.of(), Optional.empty(), Optional.empty()).read(kafka, topic);
    }

    private static ForecastDigest digest(String topic, Instant from, Instant before) {
        return new ForecastDigest(Set.of(), Optional.of(from), Optional.of(before)).read(kafka, topic);
    }

    @Test
    void aReplayThatIsInterruptedAndResumedHasTheDigestOfLiveAndThenIsFinished() throws Exception {
        // given
        ReplayRequest request =
                request("resumed").with("loadcast.forecast.batch-size", 64).get();
        AtomicInteger looks = new AtomicInteger();
        BooleanSupplier soon = () -> looks.incrementAndGet() > 2;

        // when
        boolean ended;
        try (Replay replay = Replay.prepare(request, QUIET)) {
            ended = replay.run(QUIET, soon);
        }
        ForecastDigest replayed;
        boolean resumed;
        try (Replay replay = Replay.prepare(request, QUIET)) {
            resumed = replay.isResumed();
            assertThat(replay.run(QUIET, () -> false)).isTrue();
            replayed = replay.summary().digest();
        }

        // then
        assertThat(ended).isFalse();
        assertThat(resumed).isTrue();
        assertThat(replayed.regions()).isEqualTo(live.regions());
        try (Replay again = Replay.prepare(request, QUIET)) {
            assertThat(again.isFinished()).isTrue();
            assertThat(again.run(QUIET, () -> true)).isTrue();
            ReplaySummary summary = again.summary();
            assertThat(summary.digest().sha256()).isEqualTo(live.sha256());
            assertThat(summary.live().compared()).isEqualTo(live.forecasts());
            assertThat(summary.live().differing()).isEmpty();
            assertThat(summary.live().unknownToLive()).isEmpty();
            assertThat(summary.model()).isEqualTo(ModelFile.shipped().id());
            assertThat(summary.settings())
                    .containsEntry("loadcast.default-zone", "UTC")
                    .containsEntry("loadcast.imputation.max-run-hours", "6");
            assertThat(summary.scores())
                    .hasSize(3 * 2)
                    .allSatisfy(score -> assertThat(score.smapePct()).isBetween(0.1, 10.0));
        }
        assertThatThrownBy(() -> Replay.prepare(
                        request("resumed").with("loadcast.max-jump-hours", 12).get(), QUIET))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("--set loadcast.max-jump-hours was 24 and is 12")
                .hasMessageContaining("--restart");
        Replay.forget(request, QUIET);
        try (Replay anew = Replay.prepare(request, QUIET)) {
            assertThat(anew.isResumed()).isFalse();
            assertThat(anew.run(QUIET, () -> false)).isTrue();
            assertThat(anew.summary().digest().sha256()).isEqualTo(live.sha256());
        }
    }

    @Test
    void whatWasReadAndNotYetForecastWhenItWasStoppedIsForecastWhenItGoesOn() throws Exception {
        // given: a task that waits for long before it forecasts less than a batch
        ReplayRequest request =
                request("due").with("loadcast.forecast.linger", "8s").get();
        boolean[] allRead = new boolean[1];
        ReplayProgress untilAllIsRead = new ReplayProgress() {
            @Override
            public void say(String sentence) {}

            @Override
            public void at(long done, long total) {
                allRead[0] = done == total;
            }
        };

        // when
        boolean ended;
        try (Replay replay = Replay.prepare(request, QUIET)) {
            ended = replay.run(untilAllIsRead, () -> allRead[0]);
        }
        long forecastsBefore = digest("loadcast.forecasts.v1.due").forecasts();
        ForecastDigest replayed =
                request("due").with("loadcast.forecast.linger", "8s").replayed();

        // then
        assertThat(ended).isFalse();
        assertThat(forecastsBefore).isLessThan(live.forecasts());
        assertThat(replayed.regions()).isEqualTo(live.regions());
    }

    @Test
    void aResumedReplayRefusesAnotherModel() throws Exception {
        // given
        Path other = Files.write(directory.resolve("other.onnx"), TestModels.persistence());
        try (Replay replay = Replay.prepare(request("model").get(), QUIET)) {
            AtomicInteger looks = new AtomicInteger();
            replay.run(QUIET, () -> looks.incrementAndGet() > 1);
        }

        // then
        try (Replay replay = Replay.prepare(
                request("model").with("loadcast.model", other.toString()).get(), QUIET)) {
            assertThatThrownBy(() -> replay.run(QUIET, () -> false))
                    .hasMessageContaining("started with the model of SHA-256")
                    .hasMessageContaining("--restart");
        }
    }

    @Test
    void aReplayOfAPeriodEqualsLiveOnceItsRegionsAreWarm() throws Exception {
        // when
        LiveComparison compared =
                request("period").within(PERIOD_FROM, PERIOD_END).summary().live();

        // then
        assertThat(compared.compared()).isEqualTo(livePeriod.forecasts());
        assertThat(compared.differing()).isEmpty();
        String topic = "loadcast.forecasts.v1.period";
        assertThat(livePeriod.forecasts()).isGreaterThan(3 * 150);
        assertThat(digest(topic, WARM, PERIOD_END).regions()).isEqualTo(livePeriod.regions());
        assertThat(digest(topic).regions().values())
                .allSatisfy(
                        region -> assertThat(region.lastIssueTime()).isEqualTo(PERIOD_END.minus(Duration.ofHours(1))));
    }

    @Test
    void oneChangedReadingChangesTheDigestOfItsRegionAndOfNoOther() throws Exception {
        // given
        List<Line> lines = new ArrayList<>(asItCame());
        int changed = lines.size() / 2;
        Line line = lines.get(changed);
        lines.set(changed, new Line(line.region(), line.hour(), line.loadMw() + 0.1));
        createTopic("mutated.readings", Map.of());
        produce("mutated.readings", lines);

        // when
        ReplaySummary summary = request("mutated").of("mutated.readings").summary();
        ForecastDigest replayed = summary.digest();

        // then
        assertThat(summary.live().differing()).singleElement().satisfies(region -> {
            assertThat(region.region()).isEqualTo(line.region());
            assertThat(region.difference()).isNotNull().satisfies(difference -> {
                assertThat(difference.issueTime())
                        .isEqualTo(FIRST.plus(Duration.ofHours(line.hour())).toString());
                assertThat(difference.what()).isEqualTo("the loads differ");
                assertThat(difference.likelyCause()).contains("time zone and holidays");
            });
        });
        assertThat(replayed.sha256()).isNotEqualTo(live.sha256());
        live.regions()
                .forEach((region, digest) -> assertThat(
                                replayed.regions().get(region).equals(digest))
                        .isEqualTo(!region.equals(line.region())));
    }

    @Test
    void whatLiveRefusedAsBeingFromTheFutureIsPassedOver() throws Exception {
        // given: a reading that a clock of today finds nothing wrong with
        List<Line> lines = new ArrayList<>(asItCame());
        int place = lines.size() / 2;
        Line before = lines.get(place);
        lines.add(place + 1, new Line(before.region(), before.hour() + 2, before.loadMw() * 1.3));
        createTopic("future.readings", Map.of());
        produce("future.readings", lines);
        long[] lay = new long[2];
        CommittedRecords.forEach(broker.bootstrapServers(), "future.readings", record -> {
            if (new String(record.value(), UTF_8).contains("\"load_mw\":" + before.loadMw() * 1.3 + "}")) {
                lay[0] = record.partition();
                lay[1] = record.offset();
            }
        });
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(new HashMap<>(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                    Topics.DEFAULT.deadLetters(), null, END.toEpochMilli(), new byte[0], new byte[0]);
            letter.headers()
                    .add("loadcast_reason", "from-the-future".getBytes(UTF_8))
                    .add("loadcast_topic", "future.readings".getBytes(UTF_8))
                    .add("loadcast_partition", String.valueOf(lay[0]).getBytes(UTF_8))
                    .add("loadcast_offset", String.valueOf(lay[1]).getBytes(UTF_8));
            producer.send(letter);
        }

        // when
        ReplayRequest request = request("future").of("future.readings").get();
        try (Replay replay = Replay.prepare(request, QUIET)) {
            replay.run(QUIET, () -> false);

            // then
            assertThat(replay.survey().refusedByLive()).isEqualTo(1);
            assertThat(replay.summary().digest().regions()).isEqualTo(live.regions());
        }
    }

    @Test
    void finalValuesAreReplayedInTimeAsIfTheyHadNeverBeenLateOrRevised() throws Exception {
        // given
        List<Line> inTime = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            for (HourlySeries series : GRID) {
                boolean isRevised = series.region().name().equals("SYN_0002") && hour == REVISED;
                inTime.add(new Line(series.region().name(), hour, isRevised ? revised() : load(series, hour)));
            }
        }
        createTopic("in-time.readings", Map.of());
        produce("in-time.readings", inTime);

        // when
        ReplaySummary finalSummary = request("final").withFinalValues().summary();
        ForecastDigest ofFinalValues = finalSummary.digest();
        ForecastDigest expected = request("in-time").of("in-time.readings").replayed();

        // then
        assertThat(ofFinalValues.regions()).isEqualTo(expected.regions());
        assertThat(finalSummary.live().notCompared()).contains("final values");
        assertThat(ofFinalValues.regions().get("SYN_0001"))
                .isNotEqualTo(live.regions().get("SYN_0001"));
        assertThat(ofFinalValues.regions().get("SYN_0003"))
                .isEqualTo(live.regions().get("SYN_0003"));
    }

    @Test
    void aTruncatedTopicAndACompactedOneAreSaidToBe() throws Exception {
        // given
        createTopic("truncated.readings", Map.of());
        createTopic("compacted.readings", Map.of("cleanup.policy", "compact"));
        produce("truncated.readings", asItCame().subList(0, 200));
        produce("compacted.readings", asItCame().subList(0, 200));
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            admin.deleteRecords(Map.of(new TopicPartition("truncated.readings", 0), RecordsToDelete.beforeOffset(7)))
                    .all()
                    .get();
        }

        // when
        ReplayRequest truncated = request("truncated").of("truncated.readings").get();
        try (Replay replay = Replay.prepare(truncated, QUIET);
                Replay other = Replay.prepare(
                        request("compacted").of("compacted.readings").get(), QUIET)) {

            // then
            assertThat(replay.survey().records()).isEqualTo(193);
            assertThat(replay.survey().missing())
                    .singleElement()
                    .asString()
                    .contains("truncated.readings is truncated: its first 7 offsets are deleted");
            assertThat(replay.run(QUIET, () -> false)).isTrue();
            assertThat(replay.summary().survey().missing()).hasSize(1);
            assertThat(other.survey().missing()).singleElement().asString().contains("compacted.readings is compacted");
        }
    }

    @Test
    void inPlaceTheForecastsOfLiveComeAgainUnderTheSameIds() throws Exception {
        // given
        ReplayRequest usual = request("in-place-test").get();
        ReplayRequest inPlace = new ReplayRequest(
                kafka,
                usual.topic(),
                Optional.empty(),
                Optional.empty(),
                Set.of("SYN_0002"),
                Optional.empty(),
                false,
                Optional.empty(),
                Topics.DEFAULT.deadLetters(),
                usual.settings(),
                Optional.empty());

        // when
        try (Replay replay = Replay.prepare(inPlace, QUIET)) {
            assertThat(replay.run(QUIET, () -> false)).isTrue();

            // then
            assertThat(replay.summary().live().notCompared()).contains("has written to it");
            assertThat(replay.summary().digest().regions().get("SYN_0002"))
                    .isEqualTo(live.regions().get("SYN_0002"));
        }
        List<String> ids = CommittedRecords.of(broker.bootstrapServers(), Topics.DEFAULT.forecasts()).stream()
                .filter(record -> new String(record.key(), UTF_8).equals("SYN_0002"))
                .map(record -> CommittedRecords.header(record, "ce_id"))
                .toList();
        assertThat(ids).hasSize(2 * ids.stream().distinct().toList().size());
        assertThat(inPlace.serverSettings(2).get("loadcast.topics.alerts"))
                .isEqualTo(Topics.DEFAULT.alerts() + ".in-place");
    }

    @Test
    void aReplayWithAnotherModelSaysThatLiveHadAnother() throws Exception {
        // given
        Path other = Files.write(directory.resolve("persistence.onnx"), TestModels.persistence());

        // when
        LiveComparison compared = request("other-model")
                .with("loadcast.model", other.toString())
                .summary()
                .live();

        // then
        assertThat(compared.differing())
                .hasSize(3)
                .allSatisfy(region -> assertThat(region.difference())
                        .isNotNull()
                        .satisfies(difference -> {
                            assertThat(difference.what())
                                    .contains(ModelFile.shipped().id().sha256());
                            assertThat(difference.likelyCause()).contains("--model");
                        }));
    }

    @Test
    void aReplayWithoutReadingsThatLiveHadSaysFromWhereOnItsForecastsAreOthers() throws Exception {
        // given: an hour of region 3 has been removed
        int removed = 100;
        List<Line> lines = new ArrayList<>(asItCame());
        lines.removeIf(line -> line.region().equals("SYN_0003") && line.hour() == removed);
        createTopic("removed.readings", Map.of());
        produce("removed.readings", lines);

        // when
        LiveComparison compared =
                request("removed").of("removed.readings").summary().live();

        // then
        assertThat(compared.differing()).singleElement().satisfies(region -> {
            assertThat(region.region()).isEqualTo("SYN_0003");
            assertThat(region.difference()).isNotNull().satisfies(difference -> {
                assertThat(difference.issueTime())
                        .isEqualTo(FIRST.plus(Duration.ofHours(removed)).toString());
                assertThat(difference.likelyCause()).contains("removed from the topic");
            });
        });
    }

    @Test
    void regionsThatAreNotThereAreSaidToBeMissingAndRefusedIfNoneIsThere() throws Exception {
        // when
        try (Replay replay = Replay.prepare(
                request("absent").ofRegions("SYN_0001", "SYN_9999").get(), QUIET)) {

            // then
            assertThat(replay.survey().absentRegions()).containsExactly("SYN_9999");
            assertThat(replay.survey().missing())
                    .singleElement()
                    .asString()
                    .contains("no reading of SYN_9999", "--regions");
        }
        assertThatThrownBy(() -> Replay.prepare(
                        request("nobody").ofRegions("NOPE", "SYN_9999").get(), QUIET))
                .isInstanceOf(ReplayRequestException.class)
                .hasMessageContaining("has no region NOPE, SYN_9999; it has SYN_0001, SYN_0002, SYN_0003");
    }

    @Test
    void aTopicOfDeadLettersThatIsNamedHasToBeThere() {
        // given
        ReplayRequest usual = request("no-letters").get();
        ReplayRequest mistyped = new ReplayRequest(
                kafka,
                usual.topic(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                usual.outSuffix(),
                false,
                Optional.empty(),
                "no.letters",
                usual.settings(),
                Optional.empty());

        // when, then
        assertThatThrownBy(() -> Replay.prepare(mistyped, QUIET))
                .isInstanceOf(ReplayRequestException.class)
                .hasMessageContaining("topic no.letters does not exist")
                .hasMessageContaining("--dead-letters");
    }

    @Test
    void aSettingThatIsWrongIsRefusedBeforeAnythingIsWrittenDown() throws Exception {
        assertThatThrownBy(() -> Replay.prepare(
                        request("wrong").with("loadcast.backlog-hours", 0).get(), QUIET))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("loadcast.backlog-hours is 0");
        try (Replay replay = Replay.prepare(request("wrong").get(), QUIET)) {
            assertThat(replay.isResumed()).isFalse();
        }
    }

    @Test
    void aTopicThatIsNotThereIsNamed() {
        assertThatThrownBy(() ->
                        Replay.prepare(request("nothing").of("no.readings").get(), QUIET))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("topic no.readings does not exist")
                .hasMessageContaining("--topic");
    }

    private static void stopAfterItsFirstCommit(ReplayRequest request) throws InterruptedException {
        boolean[] committed = new boolean[1];
        try (Replay replay = Replay.prepare(request, QUIET)) {
            replay.run(
                    new ReplayProgress() {
                        @Override
                        public void say(String sentence) {}

                        @Override
                        public void at(long done, long total) {
                            committed[0] = done > 0;
                        }
                    },
                    () -> committed[0]);
        }
    }

    @Test
    void aReplayWhoseOffsetsAreGoneIsRefusedUntilItIsForgotten() throws Exception {
        // given
        ReplayRequest request =
                request("expired").with("loadcast.forecast.linger", "8s").get();
        stopAfterItsFirstCommit(request);
        try (Admin admin = Admin.create(new HashMap<>(kafka))) {
            admin.deleteConsumerGroups(List.of(request.applicationId())).all().get();
        }

        // when, then
        assertThatThrownBy(() -> Replay.prepare(request, QUIET))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("the offsets of loadcast-replay-expired are gone")
                .hasMessageContaining("--restart");
        Replay.forget(request, QUIET);
        try (Replay anew = Replay.prepare(request, QUIET)) {
            assertThat(anew.isResumed()).isFalse();
        }
    }

    @Test
    void aReplayThatIsHalfForgottenIsNotGoneOnWith() throws Exception {
        // given
        ReplayRequest request = request("half").get();
        Replay.prepare(request, QUIET).close();
        try (ReplayCluster cluster = new ReplayCluster(kafka)) {
            new ReplayStore(kafka, cluster).beginForgetting(request.applicationId());
        }

        // when, then
        assertThatThrownBy(() -> Replay.prepare(request, QUIET))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("give --restart again");
        Replay.forget(request, QUIET);
        Replay.prepare(request, QUIET).close();
    }

    @Test
    void aTopicWithoutAReadingAndAPeriodWithoutOneAreRefused() {
        assertThatThrownBy(() -> Replay.prepare(
                        request("wrong-topic").of(Topics.DEFAULT.forecasts()).get(), QUIET))
                .isInstanceOf(ReplayRequestException.class)
                .hasMessageContaining("is a reading; name the topic of the readings with --topic");
        assertThatThrownBy(() -> Replay.prepare(
                        request("after")
                                .within(END.plus(Duration.ofDays(1)), END.plus(Duration.ofDays(2)))
                                .get(),
                        QUIET))
                .isInstanceOf(ReplayRequestException.class)
                .hasMessageContaining("none is taken");
    }

    @Test
    void ofTwoStartsOfTheSameReplayAtOnceOneStopsAndTheOtherComesToItsEnd() throws Exception {
        // given: both have found the group empty
        Request twice = request("twice").with("loadcast.forecast.linger", "8s");
        Map<String, Object> elsewhere = new HashMap<>(twice.get().settings());
        elsewhere.put(
                "kafka.streams.default.state.dir",
                directory.resolve("elsewhere").toString());
        ReplayRequest usual = twice.get();
        ReplayRequest other = new ReplayRequest(
                kafka,
                usual.topic(),
                usual.from(),
                usual.before(),
                usual.regions(),
                usual.outSuffix(),
                false,
                usual.series(),
                usual.deadLetters(),
                elsewhere,
                Optional.empty());
        List<String> ends = new CopyOnWriteArrayList<>();
        try (Replay first = Replay.prepare(usual, QUIET);
                Replay second = Replay.prepare(other, QUIET)) {

            // when
            List<Thread> threads = new ArrayList<>();
            for (Replay replay : List.of(first, second)) {
                Thread thread = new Thread(() -> {
                    try {
                        ends.add(String.valueOf(replay.run(QUIET, () -> false)));
                    } catch (ReplayException | InterruptedException e) {
                        ends.add(String.valueOf(e.getMessage()));
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join(Duration.ofMinutes(2).toMillis());
            }

            // then
            assertThat(ends).hasSize(2).anyMatch("true"::equals).anyMatch(end -> end.contains("so this one stops"));
            assertThat(first.summary().digest().regions()).isEqualTo(live.regions());
        }
    }
}
