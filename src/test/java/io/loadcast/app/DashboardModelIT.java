package io.loadcast.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** The page of models. */
class DashboardModelIT extends OpenedDashboard {
    /** The page looks this often. */
    private static final long READ_AGAIN_MILLIS = 30_000;

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
    void modelsOfSingleRegionsAndChallengersHaveALineEach() {
        // given
        page.clock().install();
        open("#/model");
        assertThat(page.locator("h1")).hasText("gru-attention 1");

        // when
        server.publishAnother("SYN_0002");
        page.clock().fastForward(READ_AGAIN_MILLIS);

        // then
        Locator others = page.locator("section[aria-label='Other models'] .pairs > div");
        assertThat(others).hasCount(1);
        assertThat(others.locator("dt")).containsText("another 2");
        assertThat(others).containsText("Forecasts in place of the model above: SYN_0002");
        assertThat(others).containsText("Challenger: runs beside the model above");
        others.getByRole(AriaRole.LINK).click();
        assertThat(page.locator("h1")).hasText("SYN_0002");
    }

    @Test
    void cardIsReadWhenTheServerIsBack() {
        // given
        open("#/");
        assertThat(page.locator("#connection")).hasText("Connected");
        server.stop();
        assertThat(page.locator("#connection")).hasText("No connection");
        page.locator("[data-view=model]").click();
        assertThat(page.locator(".empty")).containsText("The server does not say");

        // when
        server.startAgain();

        // then
        assertThat(page.locator("h1")).hasText("gru-attention 1");
        browser.expected("net::ERR_");
    }
}
