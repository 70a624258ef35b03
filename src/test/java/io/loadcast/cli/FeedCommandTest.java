package io.loadcast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadcast.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void publishesTheLastHoursAndPrintsOnlyTheSummaryOnStdout() throws Exception {
        // given
        Path csv = file("Datetime,AEP_MW", "2021-07-01 01:00:00,1", "2021-07-01 02:00:00,2", "2021-07-01 03:00:00,3");
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("readings", 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);

            // when
            int exitCode = run(
                    "--csv",
                    csv.toString(),
                    "--label",
                    "end",
                    "--zone",
                    "America/New_York",
                    "--hours",
                    "2",
                    "--topic",
                    "readings",
                    "--json",
                    "-K",
                    "client.id=test",
                    "--bootstrap-servers",
                    broker.bootstrapServers());

            // then
            assertThat(exitCode).as(err.toString()).isZero();
            JsonNode summary = new ObjectMapper().readTree(out.toString());
            assertThat(summary.path("readings").asInt()).isEqualTo(2);
            assertThat(summary.path("regions").asInt()).isEqualTo(1);
            assertThat(summary.path("first_valid_time").asText()).isEqualTo("2021-07-01T05:00:00Z");
            assertThat(summary.path("last_valid_time").asText()).isEqualTo("2021-07-01T06:00:00Z");
            assertThat(summary.path("stopped").asBoolean()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "America/New_York,    start, 2021-03-14, 23, 2021-03-14T05:00:00Z",
        "America/New_York,    end,   2021-11-07, 25, 2021-11-07T04:00:00Z",
        "Europe/Berlin,       end,   2021-03-28, 23, 2021-03-27T23:00:00Z",
        "Europe/Berlin,       start, 2021-10-31, 25, 2021-10-30T22:00:00Z",
        "Australia/Melbourne, start, 2021-04-04, 25, 2021-04-03T13:00:00Z",
        "Australia/Lord_Howe, end,   2021-04-04, 25, 2021-04-03T13:00:00Z",
        "Asia/Kathmandu,      start, 2021-04-04, 24, 2021-04-03T18:00:00Z", // 23:45 of the day before
    })
    void publishesADayOfLocalLabelsAsItsHoursEachOnce(
            String zone, String label, LocalDate day, int hours, Instant first) throws Exception {
        // given the day as a local clock labels it, with a load for every hour
        List<String> rows = new ArrayList<>(List.of("time,load"));
        for (int i = 0; i < hours; i++) {
            LocalDateTime start = LocalDateTime.ofInstant(first.plus(i, ChronoUnit.HOURS), ZoneId.of(zone));
            rows.add(start.plusHours(label.equals("end") ? 1 : 0) + "," + i);
        }
        Path csv = file(rows.toArray(String[]::new));
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("readings", 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);

            // when
            int exitCode = run(
                    "--csv",
                    csv.toString(),
                    "--label",
                    label,
                    "--zone",
                    zone,
                    "--topic",
                    "readings",
                    "--bootstrap-servers",
                    broker.bootstrapServers());

            // then
            assertThat(exitCode).as(err.toString()).isZero();
            assertThat(published(broker, hours))
                    .containsExactlyElementsOf(IntStream.range(0, hours)
                            .mapToObj(i -> first.plus(i, ChronoUnit.HOURS) + " " + (double) i)
                            .toList());
        }
    }

    /** Valid time and load of every record, and that there are no more. */
    private static List<String> published(EmbeddedBroker broker, int records) throws IOException {
        List<String> published = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition("readings", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            assertThat(end).isEqualTo(records);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    JsonNode reading = new ObjectMapper().readTree(record.value());
                    published.add(reading.path("valid_time").asText() + " "
                            + reading.path("load_mw").asDouble());
                }
            }
        }
        return published;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--speed=fast | speed 'fast' is not a number; give 'max', or simulated hours per second",
                "--speed=-1 | speed -1.0 is not positive",
                "--label=middle | 'middle' is neither start nor end",
                "--zone=Mars | 'Mars' is no time zone; use an IANA name such as America/New_York",
                "--hours=0 | '0' is no count; give a whole number, 1 or more",
                "--nonsense | Unknown option",
            })
    void answersWrongUsageWithCode2AndTheRemedy(String option, String message) throws IOException {
        // when
        int exitCode = run("--csv", file("time,load").toString(), "--bootstrap-servers", "127.0.0.1:1", option);

        // then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("Exception");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void answersBadDataWithCode1AndOneLinePerProblem() throws IOException {
        // given
        Path csv = file("time,load", "2021-07-01 01:00,much");

        // when
        int exitCode = run("--csv", csv.toString(), "--bootstrap-servers", "127.0.0.1:1");

        // then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("loadcast feed: " + csv
                        + ":2: load 'much' is not a number; write MW with a decimal point, or leave it blank");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void publishesNothingOfAFileWithALabelOfTwoHoursThatStandsOnceAndSaysWhatToDo() throws IOException {
        // given every local hour of an autumn night once, as exports of 24 hours a day have it
        Path csv = file("time,load", "2021-10-31 01:00,1", "2021-10-31 02:00,2", "2021-10-31 03:00,4");

        // when
        int exitCode = run("--csv", csv.toString(), "--zone", "Europe/Berlin", "--bootstrap-servers", "127.0.0.1:1");

        // then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("loadcast feed: " + csv
                        + ":3: time 2021-10-31 02:00 stands once, but clocks in Europe/Berlin show it for two hours, which start at"
                        + " 2021-10-31T00:00:00Z and 2021-10-31T01:00:00Z; write both rows in the order of the file,"
                        + " with a blank load for an hour that has none, or write the time with its offset");
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... args) {
        return Loadcast.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of("feed"), Stream.of(args)).toArray(String[]::new));
    }

    private Path file(String... lines) throws IOException {
        return Files.write(directory.resolve("a.csv"), List.of(lines));
    }
}
