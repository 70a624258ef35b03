package io.loadcast.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboard in a real browser, before a real server, broker and feed. Whatever a test looks at, the page may ask no other host and
 * complain of nothing in its console.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardIT {
    private static final int REGIONS = FedServer.GRID_REGIONS + 2;
    private static final Instant END = FedServer.END;
    private static final String GAPPY = FedServer.GAPPY;
    private static final String HOSTILE_SHOWN = "<img src=x onerror=document.title='owned'>\\u{07} \\u{202e}evil";

    @TempDir
    static Path directory;

    private FedServer server;
    private WatchedBrowser browser;
    private Page page;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        Path chromium = Chromium.required(DashboardIT.class);
        PlaywrightAssertions.setDefaultAssertionTimeout(WatchedBrowser.PATIENCE_MILLIS);
        browser = WatchedBrowser.start(chromium);
        server = FedServer.start(directory);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void openBrowser() {
        page = browser.open(new Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    @AfterEach
    void nothingWasAmiss() {
        browser.requireNothingAmiss(server.url());
    }

    @Test
    void overviewShowsTheFedRegionsWithLoadForecastErrorAndState() {
        // when
        open("#/");

        // then
        assertThat(rows()).hasCount(REGIONS);
        assertThat(row("SYN_0001").locator(".tag")).hasText("Live");
        assertThat(row("SYN_0001").locator(".load .minor")).hasText("9 Apr, 23:00 UTC");
        assertThat(row("SYN_0001").locator(".load .major")).hasText(Pattern.compile("[0-9][0-9,.]+"));
        assertThat(row("SYN_0001").locator(".next .minor")).hasText(Pattern.compile("[0-9].* to [0-9].*"));
        assertThat(row("SYN_0001").locator(".error .minor")).hasText(Pattern.compile("baseline [0-9.]+ %"));
        assertThat(row("SYN_0001").locator(".spark-line")).hasAttribute("d", Pattern.compile("M.*L.*"));
        assertThat(row(GAPPY).locator(".tag")).hasText("Fallback");
        assertThat(row(GAPPY).locator(".alert-chip")).hasText(Pattern.compile("[1-9][0-9]* alerts?"));
        assertThat(page.locator("[data-tile=regions] .value")).hasText(Integer.toString(REGIONS));
    }

    @Test
    void newReadingAppearsWithinTwoSecondsWithoutReload() throws IOException, InterruptedException {
        // given
        open("#/");
        assertThat(row("SYN_0003").locator(".tag")).hasText("Live");
        assertThat(page.locator("#connection")).hasText("Connected");
        page.evaluate("window.stillHere = true");

        // when
        server.post("SYN_0003", END, 4_321.0);
        long acknowledged = System.nanoTime();

        // then
        assertThat(row("SYN_0003").locator(".load .major")).hasText("4,321");
        Duration took = Duration.ofNanos(System.nanoTime() - acknowledged);
        assertThat(row("SYN_0003").locator(".load .minor")).hasText("10 Apr, 00:00 UTC");
        assertThat(page.evaluate("window.stillHere")).isEqualTo(true);
        assertThat(took).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void fanAndHistoryAreDrawn() {
        // when
        open("#/region/SYN_0001");
        assertThat(page.locator(".chart canvas")).hasCount(2);
        assertThat(page.locator("section[aria-label='What was forecast'] .readout"))
                .hasText(Pattern.compile("1 h ahead, [0-9]+ hours: sMAPE .* inside the interval.*"));

        // then
        Map<String, Integer> now = browser.pixels("Load and forecast");
        assertThat(now.get("load, left")).as("the load's line").isGreaterThan(300);
        assertThat(now.get("fan, right")).as("the interval ahead").isGreaterThan(500);
        assertThat(now.get("forecast, right")).as("the median ahead").isGreaterThan(20);
        assertThat(now.get("fan, left")).as("an interval where loads are known").isZero();
        assertThat(now.get("load, right")).as("loads that nobody knows").isZero();
        Map<String, Integer> before = browser.pixels("What was forecast");
        assertThat(before.get("load, left")).as("the load's line").isGreaterThan(200);
        assertThat(before.get("past, left") + before.get("past, right"))
                .as("the forecasts then")
                .isGreaterThan(20);
    }

    @Test
    void chosenLeadTimeIsShownAgainstTheLoads() {
        // given
        open("#/region/SYN_0001");
        Locator readout = page.locator("section[aria-label='What was forecast'] .readout");
        assertThat(readout).containsText("1 h ahead");

        // when
        page.locator("#lead").selectOption("24");

        // then
        assertThat(readout).hasText(Pattern.compile("24 h ahead, [0-9]+ hours: .*"));
        assertThat(page.locator(".bars li")).hasCount(24);
        assertThat(page.locator("section[aria-label='Accuracy'] tbody tr")).hasCount(6);
    }

    @Test
    void regionPageFollowsWithoutReload() throws IOException, InterruptedException {
        // given
        open("#/region/SYN_0002");
        Locator issued =
                page.locator("section[aria-label='Newest forecast'] dd").first();
        assertThat(issued).hasText("9 Apr 2024, 23:00 UTC");

        // when
        server.post("SYN_0002", END, 3_210.0);

        // then
        assertThat(issued).hasText("10 Apr 2024, 00:00 UTC");
        assertThat(page.locator(".facts")).containsText("3,210 MW in the hour from 10 Apr 2024, 00:00 UTC");
    }

    @Test
    void searchNarrowsTheRegions() {
        // given
        open("#/");
        assertThat(rows()).hasCount(REGIONS);

        // when
        page.getByLabel("Search regions").fill("syn_0002");

        // then
        assertThat(rows()).hasCount(1);
        assertThat(rows()).containsText("SYN_0002");
        assertThat(page.locator(".found")).hasText("1 of 5 regions");

        // when
        page.getByLabel("Search regions").fill("nowhere");

        // then
        assertThat(rows()).hasCount(0);
        assertThat(page.getByRole(AriaRole.HEADING).filter(new Locator.FilterOptions().setHasText("No such region")))
                .isVisible();
    }

    @Test
    void pageIsDarkWherePeopleLikeItDarkAndWhereTheySaySo() {
        // given
        page = browser.open(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK));
        open("#/region/SYN_0001");
        assertThat(page.locator(".chart canvas")).hasCount(2);

        // then
        assertThat(browser.brightness("body")).isLessThan(60);
        assertThat(browser.pixels("Load and forecast").get("load, left"))
                .as("a light line")
                .isGreaterThan(300);

        // when
        page.getByLabel("Colours").selectOption("light");

        // then
        assertThat(browser.brightness("body")).isGreaterThan(230);
        assertThat(browser.pixels("Load and forecast").get("load, left"))
                .as("a dark line")
                .isGreaterThan(300);

        // when
        page.getByLabel("Colours").selectOption("dark");
        page.reload();

        // then
        assertThat(browser.brightness("body")).as("it is remembered").isLessThan(60);
    }

    @Test
    void nothingIsWiderThanAPhone() {
        page = browser.open(new Browser.NewContextOptions().setViewportSize(360, 740));
        for (String view : List.of("#/", "#/region/SYN_0001", "#/alerts", "#/model")) {
            // when
            open(view);
            assertThat(page.locator(".tile, .chart canvas, .alert, .pairs").first())
                    .isVisible();

            // then
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as("width of %s", view)
                    .isEqualTo(360);
        }
    }

    @Test
    void serverThatIsGoneIsSaidToBeAndThePageRecovers() {
        // given
        open("#/");
        assertThat(page.locator("#connection")).hasText("Connected");

        // when
        server.stop();

        // then
        assertThat(page.locator("#connection")).hasText("No connection");
        assertThat(page.locator("#banner"))
                .containsText("The server does not answer; trying again. What you see is as of");
        assertThat(rows()).hasCount(REGIONS);

        // when
        server.startAgain();

        // then
        assertThat(page.locator("#connection")).hasText("Connected");
        assertThat(page.locator("#banner")).isHidden();
        assertThat(rows()).hasCount(REGIONS);
        browser.expected("net::ERR_");
    }

    @Test
    void pageSaysThatThereAreNoDataYet() {
        // given
        try (LoadcastServer empty = server.startEmpty()) {
            // when
            page.navigate(empty.url().orElseThrow());

            // then
            assertThat(page.locator(".empty h2")).hasText("No data yet");
            assertThat(page.locator(".empty pre")).containsText("/api/v1/readings");
            assertThat(page.locator("[data-tile=regions] .value")).hasText("0");
            browser.expected(empty.url().orElseThrow());
            page.close(); // before the server
        }
    }

    @Test
    void nameOfARegionIsTextWhateverItSays() {
        // given
        open("#/");

        // when
        Locator link = page.locator(".rows a").filter(new Locator.FilterOptions().setHasText("<img"));

        // then
        assertThat(link).hasText(HOSTILE_SHOWN);
        link.click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText(HOSTILE_SHOWN);
        assertThat(page.locator("main img")).hasCount(0);
        assertThat(page.title()).startsWith("<img").doesNotContain("\u202e");
    }

    @Test
    void policyAllowsNoInlineScriptNorAnotherHost() {
        // given
        Response response = page.navigate(server.url());

        // when
        Object ran = page.evaluate(
                "() => { const script = document.createElement('script');"
                        + " script.textContent = 'window.ran = true'; document.body.append(script); return window.ran === true; }");
        Object reached = page.evaluate("() => fetch('https://example.org/').then(() => 'reached', () => 'refused')");

        // then
        assertThat(response.headerValue("Content-Security-Policy"))
                .contains("default-src 'self'")
                .doesNotContain("unsafe");
        assertThat(ran).isEqualTo(false);
        assertThat(reached).isEqualTo("refused");
        browser.expected("Content Security Policy");
        browser.expected("https://example.org/");
    }

    @Test
    void timesAreInTheZoneThatTheySay() {
        // given
        open("#/");
        assertThat(row(GAPPY).locator(".load .minor")).hasText("9 Apr, 23:00 UTC");

        // when
        page.getByLabel("Times in").selectOption("region");

        // then
        assertThat(row(GAPPY).locator(".load .minor")).hasText("10 Apr, 01:00 UTC+2");
    }

    @Test
    void alertsAreListedAndTakeToTheirRegion() {
        // when
        open("#/alerts");

        // then
        Locator alert = feedGap(page.locator("main"));
        assertThat(alert).hasCount(1);
        assertThat(alert.locator(".when")).hasText("active");
        assertThat(page.locator("#alert-count")).hasText(Pattern.compile("[1-9][0-9]*"));
        alert.getByRole(AriaRole.LINK).click();
        assertThat(page.locator("h1")).hasText(GAPPY);
        assertThat(feedGap(page.locator("section[aria-label='Recent alerts']"))).hasCount(1);
        assertThat(page.locator("section[aria-label='Newest forecast']"))
                .containsText("fallback: from a simpler method");
    }

    private static Locator feedGap(Locator where) {
        return where.locator(".alert")
                .filter(new Locator.FilterOptions().setHasText("Feed gap"))
                .filter(new Locator.FilterOptions().setHasText(GAPPY));
    }

    @Test
    void modelCardNamesTheModelInForce() {
        // when
        open("#/model");

        // then
        assertThat(page.locator("h1")).hasText("gru-attention 1");
        assertThat(page.locator("section[aria-label='What it is']"))
                .containsText(server.model().sha256());
        assertThat(page.locator("section[aria-label='What it scored'] tbody tr").first())
                .isVisible();
    }

    @Test
    void keyboardGoesThroughTheRegionsAndIntoOne() {
        // given
        open("#/");
        assertThat(rows()).hasCount(REGIONS);

        // when
        row(GAPPY).locator("a").focus();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");

        // then
        assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("SYN_0002");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("SYN_0002");
        assertThat(page.evaluate("document.activeElement.id"))
                .as("where a screen reader goes on")
                .isEqualTo("main");
    }

    private void open(String view) {
        page.navigate("about:blank");
        page.navigate(server.url() + view);
    }

    private Locator rows() {
        return page.locator(".rows .row");
    }

    private Locator row(String region) {
        return rows().filter(new Locator.FilterOptions().setHas(page.locator("a[href='#/region/" + region + "']")));
    }
}
