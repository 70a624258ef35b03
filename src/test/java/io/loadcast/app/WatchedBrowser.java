package io.loadcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A browser with one page at a time, which notes whom the page asks and of what it complains. */
final class WatchedBrowser implements AutoCloseable {
    /** Of a page while this machine does much else. */
    static final double PATIENCE_MILLIS = 30_000;

    private final Playwright driver;
    private final Browser browser;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private @Nullable BrowserContext context;
    private Page page;

    private WatchedBrowser(Playwright driver, Browser browser) {
        this.driver = driver;
        this.browser = browser;
    }

    static WatchedBrowser start(Path chromium) {
        Playwright driver = Chromium.driver();
        return new WatchedBrowser(driver, Chromium.start(driver, chromium));
    }

    /** A page of its own, without what others have stored; of another zone than the server and the regions. */
    Page open(Browser.NewContextOptions options) {
        closePage();
        context = browser.newContext(options.setTimezoneId("Asia/Tokyo"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> asked.add(request.url()));
        return page;
    }

    private void closePage() {
        if (context != null) {
            context.close();
            context = null;
        }
    }

    /** Complaints with this in them, and requests that start like this, are what the test wanted. */
    void expected(String text) {
        complaints.removeIf(complaint -> complaint.contains(text));
        asked.removeIf(url -> url.startsWith(text));
    }

    void requireNothingAmiss(String own) {
        closePage();
        List<String> elsewhere =
                asked.stream().filter(url -> !url.startsWith(own)).toList();
        List<String> said = List.copyOf(complaints);
        asked.clear();
        complaints.clear();
        assertThat(elsewhere).as("requests to other hosts").isEmpty();
        assertThat(said).as("complaints in the console").isEmpty();
    }

    /** Of what lies behind an element, 0 to 255. */
    double brightness(String selector) {
        return ((Number) page.evaluate(
                        "selector => Math.max(...getComputedStyle(document.querySelector(selector)).backgroundColor"
                                + ".match(/[0-9]+/g).slice(0, 3).map(Number))",
                        selector))
                .doubleValue();
    }

    /** The rules of accessibility that the page breaks, as axe-core knows them, each with the elements that do. */
    @SuppressWarnings("unchecked")
    List<String> brokenRules() throws IOException {
        try (InputStream rules = WatchedBrowser.class.getResourceAsStream("/axe.min.js")) {
            page.evaluate(new String(rules.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<String>) page.evaluate("""
                async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                  .map((rule) => `${rule.id}: ${rule.help}: ${rule.nodes.map((node) => node.html).join(' ')}`)""");
    }

    /** How many pixels of a chart have each of its colours: in all, in its left half, and in the tenth at its right. */
    @SuppressWarnings("unchecked")
    Map<String, Integer> pixels(String chart) {
        return (Map<String, Integer>) page.evaluate("""
                chart => {
                  const canvas = document.querySelector(`section[aria-label="${chart}"] canvas`);
                  const { width, height } = canvas;
                  const picture = canvas.getContext('2d').getImageData(0, 0, width, height).data;
                  const probe = document.createElement('span');
                  document.body.append(probe);
                  const count = {};
                  const like = (a, b) => Math.abs(a - b) <= 12;
                  for (const name of ['load', 'forecast', 'fan', 'past']) {
                    probe.style.color = `var(--${name})`;
                    const [r, g, b, a = 1] = getComputedStyle(probe).color.match(/[0-9.]+/g).map(Number);
                    count[name] = count[`${name}, left`] = count[`${name}, right`] = 0;
                    for (let i = 0; i < picture.length; i += 4) {
                      const x = (i / 4) % width;
                      const part = x < width / 2 ? 'left' : x > width * 0.9 && x < width * 0.98 ? 'right' : null;
                      if (like(picture[i], r) && like(picture[i + 1], g) && like(picture[i + 2], b)
                          && Math.abs(picture[i + 3] - a * 255) <= 5) {
                        count[name]++;
                        if (part) count[`${name}, ${part}`]++;
                      }
                    }
                  }
                  probe.remove();
                  return count;
                }""", chart);
    }

    @Override
    public void close() {
        closePage();
        browser.close();
        driver.close();
    }
}
