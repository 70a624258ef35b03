package io.loadcast.app;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The dashboard in a real browser, before a real server, broker and feed, which all tests of it share. Whatever a test looks at, the page
 * may ask no other host and complain of nothing in its console.
 */
abstract class OpenedDashboard {
    static final int REGIONS = FedServer.REGIONS;
    static final String GAPPY = FedServer.GAPPY;
    static final String HOSTILE_SHOWN = "<img src=x onerror=document.title='owned'>\\u{07} \\u{202e}evil";

    @RegisterExtension
    static final SharedDashboard SHARED = new SharedDashboard();

    FedServer server;
    WatchedBrowser browser;
    Page page;

    @BeforeEach
    void openBrowser() {
        server = SHARED.server();
        browser = SHARED.browser();
        page = browser.open(new Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    @AfterEach
    void nothingWasAmiss() {
        browser.requireNothingAmiss(server.url());
    }

    void open(String view) {
        page.navigate("about:blank");
        page.navigate(server.url() + view);
    }

    Locator rows() {
        return page.locator(".rows .row");
    }

    Locator row(String region) {
        return rows().filter(new Locator.FilterOptions().setHas(page.locator("a[href='#/region/" + region + "']")));
    }
}
