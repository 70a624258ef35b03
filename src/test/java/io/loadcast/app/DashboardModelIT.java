package io.loadcast.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** The page of models. */
class DashboardModelIT extends OpenedDashboard {
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
        server.publishAnother("SYN_0002");

        // when
        open("#/model");

        // then
        Locator others = page.locator("section[aria-label='Other models'] .pairs > div");
        assertThat(others).hasCount(1);
        assertThat(others.locator("dt")).containsText("another 2");
        assertThat(others).containsText("Forecasts in place of the model above: SYN_0002");
        assertThat(others).containsText("Challenger: runs beside the model above");
        others.getByRole(AriaRole.LINK).click();
        assertThat(page.locator("h1")).hasText("SYN_0002");
    }
}
