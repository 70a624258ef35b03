package io.loadcast.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The forecasts of each region in their order, as the first 64 bits of the SHA-256 of each: what tells from where on another row of
 * forecasts is another one, for eight bytes a forecast. For one thread.
 */
final class ForecastTrail {
    private static final int ROOM = 64;

    private final WarmUp warmUp;
    private final Map<String, Steps> regions = new TreeMap<>();
    private final MessageDigest digest;

    /** @param warmUp has seen each forecast before it is put to this; what is within it does not go in */
    ForecastTrail(WarmUp warmUp) {
        this.warmUp = warmUp;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    boolean takes(PublishedForecast forecast) {
        return warmUp.isOver(forecast.region(), forecast.issueTime());
    }

    void add(PublishedForecast forecast) {
        if (takes(forecast)) {
            regions.computeIfAbsent(forecast.region(), region -> new Steps()).add(step(forecast));
        }
    }

    SortedSet<String> regions() {
        return new TreeSet<>(regions.keySet());
    }

    int length(String region) {
        Steps steps = regions.get(region);
        return steps == null ? 0 : steps.length;
    }

    /** Whether the forecast is the one that is at this place in its region. */
    boolean has(PublishedForecast forecast, int place) {
        Steps steps = regions.get(forecast.region());
        return steps != null && place < steps.length && steps.values[place] == step(forecast);
    }

    private long step(PublishedForecast forecast) {
        byte[] sha256 = digest.digest(forecast.canonical().getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(sha256).getLong();
    }

    private static final class Steps {
        private long[] values = new long[ROOM];
        private int length;

        void add(long step) {
            if (length == values.length) {
                values = Arrays.copyOf(values, 2 * length);
            }
            values[length] = step;
            length++;
        }
    }
}
