package io.loadcast.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The page of one region. */
class DashboardRegionIT extends OpenedDashboard {
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
        server.post("SYN_0002", FedServer.END, 3_210.0);

        // then
        assertThat(issued).hasText("10 Apr 2024, 00:00 UTC");
        assertThat(page.locator(".facts")).containsText("3,210 MW in the hour from 10 Apr 2024, 00:00 UTC");
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
    void loneLoadIsAPointAndEmptyChartsSayWhy() {
        // when
        open("#/region/" + FedServer.LONE);

        // then
        assertThat(page.locator("section[aria-label='What was forecast'] .nothing"))
                .hasText("No forecast of 1 h ahead has met its hour yet.");
        assertThat(page.locator("section[aria-label='Load and forecast'] .nothing"))
                .isHidden();
        assertThat(page.locator("section[aria-label='Load and forecast'] .readout"))
                .hasText("There is no forecast yet: the region warms up.");
        assertThat(page.getByText("The forecast in numbers")).isHidden();
        assertThat(browser.pixels("Load and forecast").get("load"))
                .as("the point")
                .isBetween(10, 60);
    }

    @Test
    void regionThatDoesNotExistIsSaidNotTo() {
        // when
        open("#/region/NOPE");

        // then
        assertThat(page.locator(".empty h2")).hasText("No such region");
        page.locator(".empty").getByRole(AriaRole.LINK).click();
        assertThat(page.locator("h1")).hasText("Regions");
        browser.expected("404");
    }

    @Test
    void chartWithoutForecastsHasNoNumberUnderIt() throws IOException, InterruptedException {
        // given
        try (LoadcastServer young = server.startEmpty("young")) {
            String url = young.url().orElseThrow();
            FedServer.post(young, "YOUNG", FedServer.END, 8);
            page.navigate(url + "#/region/YOUNG");
            Locator before = page.locator("section[aria-label='What was forecast']");
            assertThat(before.locator(".readout")).containsText("1 h ahead");

            // when
            page.locator("#lead").selectOption("24");

            // then
            assertThat(before.locator(".nothing")).hasText("No forecast of 24 h ahead has met its hour yet.");
            assertThat(before.locator(".readout")).hasText("");
            assertThat(before.locator("canvas")).isHidden();
            browser.expected(url);
            page.close(); // before the server
        }
    }

    @Test
    void loadsGoOnAfterAGapOfMoreThanADay() throws IOException, InterruptedException {
        // given
        try (LoadcastServer leaping = server.startEmpty("leaping")) {
            String url = leaping.url().orElseThrow();
            FedServer.post(leaping, "LEAP", FedServer.END, 3);
            page.navigate(url + "#/region/LEAP");
            page.getByLabel("Shown").selectOption("48");
            assertThat(page.locator(".facts")).containsText("102.0 MW in the hour from 10 Apr 2024, 02:00 UTC");

            // when
            FedServer.post(leaping, "LEAP", FedServer.END.plus(Duration.ofHours(32)), 8);

            // then
            assertThat(page.locator(".facts")).containsText("107.0 MW in the hour from 11 Apr 2024, 15:00 UTC");
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> { // before the gap there were loads in the left half only
                                Map<String, Integer> pixels = browser.pixels("Load and forecast");
                                return pixels.get("load") - pixels.get("load, left") > 20;
                            });
            browser.expected(url);
            page.close(); // before the server
        }
    }

    @Test
    void accuracyFitsOnAPhoneAndBarsHaveAScale() {
        // given
        page = browser.open(new Browser.NewContextOptions().setViewportSize(390, 844));

        // when
        open("#/region/SYN_0001");

        // then
        Locator accuracy = page.locator("section[aria-label='Accuracy'] .scroll");
        assertThat(accuracy.locator("tbody tr")).hasCount(6);
        assertThat(accuracy.evaluate("it => it.scrollWidth - it.clientWidth")).isEqualTo(0);
        assertThat(page.locator(".bars-grid span").first()).hasText(Pattern.compile("[0-9.]+ %"));
    }
}
