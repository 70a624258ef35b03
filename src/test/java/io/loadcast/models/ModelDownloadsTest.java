package io.loadcast.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.loadcast.forecasting.ForecastEngineException;
import io.loadcast.forecasting.ModelId;
import io.loadcast.inference.ModelFile;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Places that do not answer hold nobody up; places that give no file are asked more and more rarely. */
class ModelDownloadsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");

    private final Map<String, CompletableFuture<byte[]>> answers = new ConcurrentHashMap<>();
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private long nanos = 1;
    private final ModelDownloads downloads = new ModelDownloads(this::fetch, () -> nanos);

    private byte[] fetch(ModelDescriptor model) {
        begun.add(model.id().name());
        try {
            return answer(model).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new ForecastEngineException(String.valueOf(e.getCause()), e);
        }
    }

    private CompletableFuture<byte[]> answer(ModelDescriptor model) {
        return answers.computeIfAbsent(model.id().name(), name -> new CompletableFuture<>());
    }

    @AfterEach
    void close() {
        downloads.close();
    }

    private static ModelDescriptor model(String name) {
        return model(name, NOW);
    }

    private static ModelDescriptor model(String name, Instant published) {
        byte[] file = name.getBytes(UTF_8);
        ModelId id = new ModelId(name, "1", ModelFile.sha256(file));
        return new ModelDescriptor(id, "none", 90, 24, file.length, URI.create("https://m.example/" + name), published);
    }

    private void fail(ModelDescriptor model) {
        answer(model).completeExceptionally(new IllegalStateException("no such file"));
        await().until(downloads::hasNews);
        assertThatThrownBy(() -> downloads.of(model, false)).hasMessageContaining("no such file");
        answers.remove(model.id().name());
    }

    @Test
    void aFileIsNotThereUntilItHasComeAndIsHandedOutOnce() {
        // given
        ModelDescriptor a = model("a");
        assertThat(downloads.of(a, false)).isEmpty();
        assertThat(downloads.hasNews()).isFalse();

        // when
        answer(a).complete("a".getBytes(UTF_8));
        await().until(downloads::hasNews);

        // then
        assertThat(downloads.of(a, false))
                .hasValueSatisfying(file -> assertThat(file).asString().isEqualTo("a"));
        assertThat(downloads.hasNews()).isFalse();
        assertThat(begun).containsExactly("a");
    }

    @Test
    void challengersThatHangLeaveRoomForAChampionAndTheNextBeginsWhenOneEnds() {
        // given
        for (String name : List.of("a", "b", "c")) {
            assertThat(downloads.of(model(name), false)).isEmpty();
        }

        // when
        assertThat(downloads.of(model("champion"), true)).isEmpty();

        // then
        await().until(() -> begun.size() == 3);
        assertThat(begun).containsExactlyInAnyOrder("a", "b", "champion");
        answer(model("champion")).complete("champion".getBytes(UTF_8));
        await().until(downloads::hasNews);
        assertThat(downloads.of(model("champion"), true)).isPresent();
        downloads.begin();
        downloads.of(model("c"), false);
        assertThat(downloads.hasNews()).as("two still hang").isFalse();
        downloads.keepOnly(Set.of(model("b").id().sha256(), model("c").id().sha256()));
        assertThat(downloads.hasNews()).as("nobody wants a any more").isTrue();
        downloads.of(model("c"), false);
        await().until(() -> begun.contains("c"));
    }

    @Test
    void aPlaceThatFailsIsAskedAgainMoreAndMoreRarelyAndSaysWhyMeanwhile() {
        // given
        ModelDescriptor a = model("a");
        downloads.of(a, false);
        fail(a);

        // then
        nanos += Duration.ofSeconds(59).toNanos();
        assertThatThrownBy(() -> downloads.of(a, false)).hasMessageContaining("no such file");
        assertThat(begun).hasSize(1);
        nanos += Duration.ofSeconds(1).toNanos();
        assertThatThrownBy(() -> downloads.of(a, false))
                .as("still refused while it is tried")
                .hasMessageContaining("no such file");
        await().until(() -> begun.size() == 2);
        fail(a);
        nanos += Duration.ofSeconds(119).toNanos();
        assertThatThrownBy(() -> downloads.of(a, false)).hasMessageContaining("no such file");
        assertThat(begun).as("two minutes now").hasSize(2);
        assertThat(downloads.of(model("a", NOW.plusSeconds(1)), false))
                .as("published anew")
                .isEmpty();
        await().until(() -> begun.size() == 3);
    }

    @Test
    void aFileOfAnotherChecksumIsAFailure() {
        // given
        ModelDescriptor a = model("a");
        downloads.of(a, false);

        // when
        answer(a).complete("b".getBytes(UTF_8));
        await().until(downloads::hasNews);

        // then
        assertThatThrownBy(() -> downloads.of(a, false)).hasMessageContaining("its file has the checksum");
    }
}
