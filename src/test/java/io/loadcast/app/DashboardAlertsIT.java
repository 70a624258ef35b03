package io.loadcast.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of alerts. */
class DashboardAlertsIT extends OpenedDashboard {
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

    @Test
    void activeAlertIsShownHoweverManyNewerOnesAreOver() {
        // given
        try (LoadcastServer crowded = server.startEmpty("crowded")) {
            server.publishAlerts("crowded", crowded, 1_001);

            // when
            page.navigate(crowded.url().orElseThrow() + "#/alerts");

            // then
            assertThat(page.locator(".alert")).hasCount(1);
            assertThat(page.locator(".alert")).containsText("number 0");
            assertThat(page.locator("#alert-count")).hasText("1");
            assertThat(page.locator("[data-key=cleared] .number")).hasText("500 of 1,001");
            browser.expected(crowded.url().orElseThrow());
            page.close(); // before the server
        }
    }

    private static Locator feedGap(Locator where) {
        return where.locator(".alert")
                .filter(new Locator.FilterOptions().setHasText("Feed gap"))
                .filter(new Locator.FilterOptions().setHasText(GAPPY));
    }
}
