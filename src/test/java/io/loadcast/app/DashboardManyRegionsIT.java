package io.loadcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.loadcast.broker.EmbeddedBroker;
import io.loadcast.feed.FeedProgress;
import io.loadcast.feed.ReadingsPublisher;
import io.loadcast.feed.Speed;
import io.loadcast.feed.SyntheticGrid;
import io.loadcast.feed.TimeOrderedReadings;
import io.loadcast.streaming.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard with 5,000 regions. What it took is printed, for docs/benchmarks.md. */
class DashboardManyRegionsIT {
    private static final int REGIONS = 5_000;
    private static final int HOURS = 26;
    private static final Instant END = Instant.parse("2024-04-10T00:00:00Z");
    private static final double PATIENCE_MILLIS = 60_000;

    @TempDir
    static Path directory;

    private static Path chromium;

    @BeforeAll
    static void findChromium() {
        chromium = Chromium.required(DashboardManyRegionsIT.class);
    }

    @Test
    void manyRegionsNeedLittleMemoryAndFewElements() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
                LoadcastServer server = startServer(broker);
                Playwright driver = Chromium.driver();
                Browser browser = Chromium.start(driver, chromium)) {
            // given
            feed(broker, server);
            Page page = browser.newPage();
            page.setDefaultTimeout(PATIENCE_MILLIS);

            // when
            long start = System.nanoTime();
            page.navigate(server.url().orElseThrow());
            page.waitForSelector(".rows .row");
            long rowsMillis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            List<Double> frames = framesWhileScrolling(page);
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
            page.waitForSelector("text=SYN_5000");
            double searchMillis = search(page, "4321");
            page.waitForSelector("text=SYN_4321");

            // then
            CDPSession session = page.context().newCDPSession(page);
            session.send("HeapProfiler.collectGarbage");
            double heapMb = ((Number) page.evaluate("performance.memory.usedJSHeapSize / 1e6")).doubleValue();
            search(page, "");
            int elements = ((Number) page.evaluate("document.querySelectorAll('*').length")).intValue();
            System.out.printf(
                    Locale.ROOT,
                    "dashboard with %,d regions: rows after %d ms, %.1f MB, %d elements, frames while scrolling p50 %.1f p95 %.1f ms,"
                            + " search %.1f ms%n",
                    REGIONS,
                    rowsMillis,
                    heapMb,
                    elements,
                    frames.get(frames.size() / 2),
                    frames.get(frames.size() * 95 / 100),
                    searchMillis);
            assertThat(page.textContent("[data-tile=regions] .value")).isEqualTo("5,000");
            assertThat(elements).isLessThan(2_000);
            assertThat(heapMb).isLessThan(40);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Double> framesWhileScrolling(Page page) {
        List<Number> frames = (List<Number>) page.evaluate("""
                () => new Promise((done) => {
                  const frames = [];
                  let last = performance.now();
                  const step = (now) => {
                    frames.push(now - last);
                    last = now;
                    scrollBy(0, 400);
                    if (frames.length < 200) requestAnimationFrame(step);
                    else done(frames.slice(2));
                  };
                  requestAnimationFrame(step);
                })""");
        return frames.stream().map(Number::doubleValue).sorted().toList();
    }

    private static double search(Page page, String text) {
        return ((Number) page.evaluate("""
                        text => {
                          const box = document.querySelector('#search');
                          box.value = text;
                          const start = performance.now();
                          box.dispatchEvent(new Event('input'));
                          return performance.now() - start;
                        }""", text)).doubleValue();
    }

    private static LoadcastServer startServer(EmbeddedBroker broker) {
        return LoadcastServer.start(
                Map.of(
                        "loadcast.http.port",
                        0,
                        "loadcast.default-holidays",
                        "none",
                        "loadcast.topics.partitions",
                        2,
                        "kafka.bootstrap.servers",
                        broker.bootstrapServers(),
                        "kafka.streams.default.state.dir",
                        directory.resolve("state").toString()),
                Optional.empty());
    }

    /** A day and a little more, so that all have a forecast. */
    private static void feed(EmbeddedBroker broker, LoadcastServer server) {
        try (ReadingsPublisher publisher = ReadingsPublisher.connect(
                Map.of("bootstrap.servers", broker.bootstrapServers()), Topics.DEFAULT.readings(), "/test")) {
            publisher.publish(
                    TimeOrderedReadings.of(new SyntheticGrid(REGIONS, ZoneId.of("UTC"), 5).seriesBefore(END, HOURS)),
                    Speed.MAX,
                    FeedProgress.NONE);
        }
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> server.view().regions().stream()
                                .filter(region -> region.nextHour() != null
                                        && region.nextHour().issueTime().equals(END.minus(Duration.ofHours(1))))
                                .count()
                        == REGIONS);
    }
}
