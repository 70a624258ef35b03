package io.loadcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loadcast.app.TopologyReadingParser;
import io.loadcast.view.EventKind;
import io.loadcast.view.GridView;
import io.loadcast.view.ViewLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class EventStreamsTest {
    private static final int CLIENTS = 10;
    private static final int EVENTS = 50_000;
    private static final byte[] JSON = ("{\"text\":\"" + "x".repeat(100) + "\"}").getBytes(UTF_8);

    private final GridView view = new GridView(new TopologyReadingParser(), new ViewLimits(336, 1 << 20, 24));
    private final EventStreams streams = new EventStreams(view, new HttpLimits("127.0.0.1", true, 1, CLIENTS));

    @AfterEach
    void close() throws InterruptedException {
        streams.close();
    }

    /** Reads what it is asked to. */
    private static final class Reader implements Subscriber<byte[]> {
        private final StringBuffer text = new StringBuffer();
        private final long wanted;
        private volatile Subscription subscription;
        private final Optional<Error> failure;
        private volatile boolean ended;

        private Reader(long wanted) {
            this(wanted, Optional.empty());
        }

        private Reader(long wanted, Optional<Error> failure) {
            this.wanted = wanted;
            this.failure = failure;
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            given.request(wanted);
        }

        @Override
        public void onNext(byte[] bytes) {
            failure.ifPresent(thrown -> {
                throw thrown;
            });
            text.append(new String(bytes, UTF_8));
        }

        @Override
        public void onError(Throwable failure) {
            ended = true;
        }

        @Override
        public void onComplete() {
            ended = true;
        }

        private long events() {
            return text.toString()
                    .lines()
                    .filter(line -> line.startsWith("data: ") && !line.equals("data: {}")) // no heartbeat
                    .count();
        }
    }

    private Reader follow(long wanted, Optional<String> lastId) {
        Reader reader = new Reader(wanted);
        streams.follow(EventFilter.of(null, null), lastId).subscribe(reader);
        return reader;
    }

    @Test
    void aClientThatDoesNotReadIsLetGoAndHoldsNobodyUp() {
        // given
        Reader stuck = follow(1, Optional.empty());
        Reader quick = follow(Long.MAX_VALUE, Optional.empty());

        // when
        for (int sent = 1; sent <= EVENTS; sent++) {
            streams.happened(EventKind.TICK, "x", JSON);
            if (sent % 5_000 == 0) {
                long soFar = sent;
                Awaitility.await().until(() -> quick.events() == soFar);
            }
        }

        // then
        Awaitility.await().until(() -> stuck.ended);
        assertThat(stuck.events()).isLessThan(EVENTS);
        assertThat(quick.ended).isFalse();
        assertThat(quick.events()).isEqualTo(EVENTS);
    }

    @Test
    void whateverOneClientThrowsEndsItsStreamAndNobodyElses() {
        // given
        Reader broken = new Reader(Long.MAX_VALUE, Optional.of(new AssertionError("thrown by a client")));
        Reader other = follow(Long.MAX_VALUE, Optional.empty());

        // when
        streams.follow(EventFilter.of(null, null), Optional.empty()).subscribe(broken);
        Awaitility.await().until(() -> broken.ended);
        streams.happened(EventKind.TICK, "x", JSON);

        // then
        Awaitility.await().until(() -> other.events() == 1);
        assertThat(other.ended).isFalse();
    }

    @Test
    void noMoreAreLetInThanMayFollowHoweverLateTheyBegin() {
        // given
        List<Publisher<byte[]>> admitted = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            admitted.add(streams.follow(EventFilter.of(null, null), Optional.empty()));
        }

        // when, then
        assertThatThrownBy(() -> streams.follow(EventFilter.of(null, null), Optional.empty()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("10 clients follow the stream");
        Reader last = new Reader(Long.MAX_VALUE);
        admitted.get(0).subscribe(last);
        streams.happened(EventKind.TICK, "x", JSON);
        Awaitility.await().until(() -> last.events() == 1);
    }

    @Test
    void placesThatNobodyComesForAreGivenToOthers() {
        // given
        List<Publisher<byte[]>> admitted = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            admitted.add(streams.follow(EventFilter.of(null, null), Optional.empty()));
        }

        // when, then
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> follow(1, Optional.empty()));
        assertThat(admitted).hasSize(CLIENTS);
    }

    @Test
    void aClientThatTheRingRunsOverWhileItIsServedIsLetGoInOrder() throws Exception {
        // given
        EventRing ring = new EventRing(2, 1 << 20);
        EventFilter all = EventFilter.of(null, null);
        Thread writer = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                ring.add(EventKind.TICK, "x", JSON);
            }
        });
        writer.start();
        try {
            for (int i = 0; i < 20_000; i++) {
                Reader reader = new Reader(100);
                EventClient client = new EventClient(reader, ring, all, ring.end(), new byte[0], () -> {});
                reader.onSubscribe(client);

                // when
                client.serve();

                // then
                assertThat(client.isDone()).isEqualTo(reader.ended);
            }
        } finally {
            writer.interrupt();
            writer.join();
        }
    }

    @Test
    void eventsThatAreLostAreToldFromThoseThatHaveNotHappened() {
        // given
        EventRing ring = new EventRing(2, 1 << 20);
        EventFilter all = EventFilter.of(null, null);
        for (int i = 0; i < 3; i++) {
            ring.add(EventKind.TICK, "x", JSON);
        }

        // then
        assertThat(ring.from(0, all, 1 << 20)).isEmpty();
        assertThat(ring.from(1, all, 1 << 20))
                .hasValueSatisfying(frames -> assertThat(frames.next()).isEqualTo(3));
        assertThat(ring.from(3, all, 1 << 20))
                .hasValueSatisfying(frames -> assertThat(frames.bytes()).isEmpty());
    }

    @Test
    void whoIsCutOffGoesOnAfterItsLastEventWithoutLossOrDouble() {
        // given
        Reader first = follow(Long.MAX_VALUE, Optional.empty());
        for (int i = 0; i < 10; i++) {
            streams.happened(EventKind.TICK, "x", ("{\"n\":" + i + "}").getBytes(UTF_8));
        }
        Awaitility.await().until(() -> first.events() == 10);
        first.subscription.cancel();
        String fourth = first.text
                .toString()
                .lines()
                .filter(line -> line.startsWith("id: "))
                .skip(1 + 3)
                .findFirst()
                .orElseThrow()
                .substring(4);

        // when
        Reader resumed = follow(Long.MAX_VALUE, Optional.of(fourth));

        // then
        Awaitility.await().until(() -> resumed.events() == 6);
        assertThat(resumed.text).contains("{\"n\":4}", "{\"n\":9}").doesNotContain("{\"n\":3}", "reset");
    }

    @Test
    void aLineBreakInARecordDoesNotEndTheEvent() {
        // given
        Reader reader = follow(Long.MAX_VALUE, Optional.empty());

        // when
        streams.happened(EventKind.ALERT, null, "{\n\"id\":\r\n1}\n\nevent: forged".getBytes(UTF_8));

        // then
        Awaitility.await().until(() -> reader.events() == 1);
        assertThat(reader.text.toString().lines().filter(line -> line.startsWith("event: ")))
                .containsExactly("event: alert");
    }
}
