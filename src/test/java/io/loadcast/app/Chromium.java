package io.loadcast.app;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The browser of this machine that tests drive: the first Chromium or Chrome on the PATH. */
final class Chromium {
    private Chromium() {}

    /** Skips the tests of a class where there is none, and says so. */
    static Path required(Class<?> test) {
        Optional<Path> chromium = installed();
        if (chromium.isEmpty()) {
            System.err.println(test.getSimpleName()
                    + " is skipped: there is no chromium on the PATH; install it to test the dashboard");
        }
        Assumptions.assumeTrue(chromium.isPresent(), "there is no chromium on the PATH");
        return chromium.orElseThrow();
    }

    /** What drives browsers; brings none itself. */
    static Playwright driver() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /** Starts it, without a window. */
    static Browser start(Playwright driver, Path chromium) {
        return driver.chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--disable-dev-shm-usage", "--enable-precise-memory-info")));
    }

    private static Optional<Path> installed() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
