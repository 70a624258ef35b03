package io.loadcast.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for all pages: how they look, who may be asked, what they say when the server is gone. */
class DashboardFrameIT extends OpenedDashboard {
    /** Longer than two and a half intervals of heartbeats. */
    private static final long SILENT_MILLIS = 40_000;

    private static final List<String> VIEWS =
            List.of("#/", "#/region/SYN_0001", "#/region/" + FedServer.LONE, "#/region/NOPE", "#/alerts", "#/model");

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
    void streamThatIsSilentIsOpenedAnewAndAllIsRead() {
        // given
        page.clock().install();
        open("#/");
        assertThat(page.locator("#connection")).hasText("Connected");
        AtomicReference<Route> held = new AtomicReference<>();
        page.route("**/api/v1/stream*", held::set);

        // when
        page.clock().fastForward(SILENT_MILLIS);

        // then
        assertThat(page.locator("#connection")).hasText("Reconnecting");
        assertThat(page.locator("#banner")).containsText("The server has said nothing for some time");

        // when
        page.waitForRequest("**/api/v1/regions?*", () -> held.get().resume());

        // then
        assertThat(page.locator("#connection")).hasText("Connected");
        assertThat(page.locator("#banner")).isHidden();
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

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void noPageBreaksARuleOfAccessibility(ColorScheme scheme) throws IOException {
        for (int width : List.of(1280, 390)) {
            page = browser.open(
                    new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme));
            for (String view : VIEWS) {
                // given
                open(view);
                assertThat(page.locator(".tile, .chart canvas, .alert, .pairs, .empty h2")
                                .first())
                        .isVisible();

                // when
                List<String> broken = browser.brokenRules();

                // then
                assertThat(broken).as("%s, %s, %d px", view, scheme, width).isEmpty();
            }
        }
        browser.expected("404"); // of the region that is not there
    }
}
