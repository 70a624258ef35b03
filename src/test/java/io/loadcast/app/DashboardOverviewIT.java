package io.loadcast.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of all regions. */
class DashboardOverviewIT extends OpenedDashboard {
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
    void nothingIsClaimedBeforeTheRegionsHaveBeenRead() {
        // given
        AtomicReference<Route> held = new AtomicReference<>();
        page.route("**/api/v1/regions*", held::set);

        // when
        open("#/");

        // then
        assertThat(page.locator("[data-tile=regions] .note")).hasText("reading…");
        assertThat(page.locator("[data-tile=alerts] .note")).hasText("reading…");
        assertThat(page.locator("[data-tile=alerts] .value")).hasText("–");

        // when
        held.get().resume();

        // then
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
        server.post("SYN_0003", FedServer.END, 4_321.0);
        long acknowledged = System.nanoTime();

        // then
        assertThat(row("SYN_0003").locator(".load .major")).hasText("4,321");
        Duration took = Duration.ofNanos(System.nanoTime() - acknowledged);
        assertThat(row("SYN_0003").locator(".load .minor")).hasText("10 Apr, 00:00 UTC");
        assertThat(page.evaluate("window.stillHere")).isEqualTo(true);
        assertThat(took).isLessThan(Duration.ofSeconds(2));
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
        assertThat(page.locator(".found")).hasText("1 of " + REGIONS + " regions");

        // when
        page.getByLabel("Search regions").fill("nowhere");

        // then
        assertThat(rows()).hasCount(0);
        assertThat(page.getByRole(AriaRole.HEADING).filter(new Locator.FilterOptions().setHasText("No such region")))
                .isVisible();
    }

    @Test
    void pageSaysThatThereAreNoDataYet() {
        // given
        try (LoadcastServer empty = server.startEmpty("empty")) {
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
    void keyboardGoesThroughTheRegionsAndIntoOne() {
        // given
        open("#/");
        assertThat(rows()).hasCount(REGIONS);

        // when
        row(FedServer.LONE).locator("a").focus();
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

    @Test
    void loneLoadIsAPointInItsRow() {
        // when
        open("#/");

        // then
        assertThat(row(FedServer.LONE).locator(".tag")).hasText("Warming up");
        assertThat(row(FedServer.LONE).locator(".spark-lone")).hasAttribute("d", Pattern.compile("M[0-9. ]+h0"));
        assertThat(row("SYN_0001").locator(".spark-lone")).hasAttribute("d", "");
    }

    @Test
    void stateThatTheServerTellsIsShownAtOnce() throws IOException, InterruptedException {
        // given
        open("#/");
        assertThat(row(FedServer.BEHIND).locator(".tag")).hasText("Late");
        page.evaluate("window.stillHere = true");

        // when
        server.post(FedServer.BEHIND, FedServer.END.minus(Duration.ofHours(1)), 50.0);

        // then
        assertThat(row(FedServer.BEHIND).locator(".tag")).hasText(Pattern.compile("Warming up|Fallback"));
        assertThat(page.evaluate("window.stillHere")).isEqualTo(true);
    }

    @Test
    void searchStateAndOrderAreThereAgainOnTheWayBack() {
        // given
        open("#/");
        page.getByLabel("Search regions").fill("SYN");
        page.locator(".filter[data-state=live]").click();
        page.locator(".head .load button").click();
        page.locator(".head .load button").click();
        assertThat(rows()).hasCount(3);
        List<String> shown = rows().locator("a").allTextContents();

        // when
        rows().first().locator("a").click();
        assertThat(page.locator("h1")).hasText(shown.get(0));
        page.goBack();

        // then
        assertThat(page.getByLabel("Search regions")).hasValue("SYN");
        assertThat(page.locator(".filter[data-state=live]")).hasAttribute("aria-pressed", "true");
        assertThat(page.locator(".head .load")).hasAttribute("aria-sort", "ascending");
        assertThat(rows().locator("a")).hasText(shown.toArray(String[]::new));
    }

    @Test
    void tilesSayWhatIsAwayBesidesAlertsAndHowOldTheNewestHourIs() {
        // when
        open("#/");

        // then
        assertThat(page.locator("[data-tile=alerts] .note"))
                .hasText(Pattern.compile("see Alerts · (1 late or silent · )?[1-9] in fallback"));
        assertThat(page.locator("[data-tile=newest] .note"))
                .hasText(Pattern.compile("[0-9]+ Apr 2024 · [0-9]+ years? ago"));
    }
}
