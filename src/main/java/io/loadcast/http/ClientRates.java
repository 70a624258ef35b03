package io.loadcast.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A {@link TokenBucket} for each client, by its address, so that one who sends too much holds up nobody else. Of the addresses that
 * came last only, so that memory is bounded: who was forgotten begins with a full bucket. Thread-safe.
 */
final class ClientRates {
    /** Some hundred bytes each. */
    static final int MOST_CLIENTS = 10_000;

    private final double perSecond;
    private final LongSupplier nanoClock;

    private final Map<String, TokenBucket> byAddress =
            new LinkedHashMap<>(16, 0.75f, true) { // guarded by this; the one that came longest ago is first
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
                    return size() > MOST_CLIENTS;
                }
            };

    ClientRates(double perSecond, LongSupplier nanoClock) {
        this.perSecond = perSecond;
        this.nanoClock = nanoClock;
    }

    /** Takes so many for a client, or none; says after how many seconds to come again, 0 if they were taken. */
    synchronized long take(String address, int tokens) {
        return byAddress
                .computeIfAbsent(address, unknown -> new TokenBucket(perSecond, nanoClock))
                .take(tokens);
    }
}
