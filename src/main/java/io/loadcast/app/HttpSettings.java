package io.loadcast.app;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * The {@code loadcast.http.*} settings.
 *
 * @param enabled whether there is an HTTP server
 * @param host the address it listens at; 127.0.0.1 is for this machine alone
 * @param port 0 for any that is free
 * @param historyHours how many hours of each region are kept to be looked at
 * @param historyMemoryMb the memory for that, about; never more than a quarter of the heap
 * @param maxBodyKb how large the body of a request may be
 * @param readingsPerSecond how many posted readings are taken, in the long run
 * @param streamClients how many may follow the stream of events at once
 */
@ConfigurationProperties("loadcast.http")
public record HttpSettings(
        @Bindable(defaultValue = "true") boolean enabled,
        @Bindable(defaultValue = HttpSettings.HOST) String host,
        @Bindable(defaultValue = "" + HttpSettings.PORT) int port,
        @Bindable(defaultValue = "336") int historyHours,
        @Bindable(defaultValue = "256") int historyMemoryMb,
        @Bindable(defaultValue = "1024") int maxBodyKb,
        @Bindable(defaultValue = "10000") int readingsPerSecond,
        @Bindable(defaultValue = "100") int streamClients) {
    static final String HOST = "127.0.0.1";
    static final int PORT = 8080;

    private static final int LARGEST_PORT = 65_535;

    /** Of a view that is hardly worth it. */
    private static final int LEAST_HISTORY_HOURS = 48;

    /** @throws IllegalArgumentException if a number is out of range */
    public HttpSettings {
        requireWithin("port", port, 0, LARGEST_PORT);
        requireWithin("history-hours", historyHours, LEAST_HISTORY_HOURS, 24 * 366);
        requireWithin("history-memory-mb", historyMemoryMb, 1, 1 << 20);
        requireWithin("max-body-kb", maxBodyKb, 1, 1 << 20);
        requireWithin("readings-per-second", readingsPerSecond, 1, Integer.MAX_VALUE);
        requireWithin("stream-clients", streamClients, 1, 100_000);
    }

    private static void requireWithin(String setting, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "setting loadcast.http." + setting + " is " + value + "; from " + least + " to " + most);
        }
    }

    /** For the view: what is set, or a quarter of the heap where that is less. */
    long historyBytes() {
        return Math.min((long) historyMemoryMb << 20, Runtime.getRuntime().maxMemory() / 4);
    }
}
