package io.loadcast.app;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server and one browser for all classes of tests that look at the dashboard, closed after the last. Without a browser they are skipped. */
final class SharedDashboard implements BeforeAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(SharedDashboard.class);

    private @Nullable Parts parts;

    @Override
    public void beforeAll(ExtensionContext context) {
        Path chromium = Chromium.required(context.getRequiredTestClass());
        parts = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Parts.class, key -> new Parts(chromium), Parts.class);
    }

    FedServer server() {
        return parts.server;
    }

    WatchedBrowser browser() {
        return parts.browser;
    }

    private static final class Parts implements AutoCloseable {
        private final WatchedBrowser browser;
        private final Path directory;
        private final FedServer server;

        Parts(Path chromium) {
            PlaywrightAssertions.setDefaultAssertionTimeout(WatchedBrowser.PATIENCE_MILLIS);
            browser = WatchedBrowser.start(chromium);
            try {
                directory = Files.createTempDirectory("loadcast-dashboard-");
                server = FedServer.start(directory);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            browser.close();
            server.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
