package io.loadcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.loadcast.app.TopologyReadingParser;
import io.loadcast.view.EventKind;
import io.loadcast.view.GridView;
import io.loadcast.view.ViewLimits;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class EventStreamsTest {
    private static final int EVENTS = 50_000;
    private static final byte[] JSON = ("{\"text\":\"" + "x".repeat(100) + "\"}").getBytes(UTF_8);

    private final GridView view = new GridView(new TopologyReadingParser(), new ViewLimits(336, 1 << 20, 24));
    private final EventStreams streams = new EventStreams(view, new HttpLimits(true, 1, 10));

    @AfterEach
    void close() throws InterruptedException {
        streams.close();
    }

    /** Reads what it is asked to. */
    private static final class Reader implements Subscriber<byte[]> {
        private final StringBuffer text = new StringBuffer();
        private final long wanted;
        private volatile Subscription subscription;
        private volatile boolean ended;

        private Reader(long wanted) {
            this.wanted = wanted;
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            given.request(wanted);
        }

        @Override
        public void onNext(byte[] bytes) {
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
