package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which engines are in force at one moment: the champion of all regions, those of regions that have one of their own, and the
 * challengers beside them. Immutable but for the count of its leases.
 *
 * <p>Its engines stay open as long as it is in force or leased. Whoever {@linkplain ServedModels#lease leases} it releases it, once.
 * Thread-safe.
 */
public final class ModelSnapshot {
    private final ForecastEngine champion;
    private final Map<Region, ForecastEngine> regionChampions;
    private final List<ForecastEngine> challengers;
    private final Map<Region, List<ForecastEngine>> regionChallengers;
    private final Set<ForecastEngine> engines;

    /** One for being in force, and one for each lease. At 0 it is over for good. */
    private final AtomicInteger holds = new AtomicInteger(1);

    private Runnable ended = () -> {};

    /**
     * @param champion forecasts all regions that have none of their own
     * @param regionChampions the champions of single regions
     * @param challengers run beside the champion in all regions that have no entry of their own
     * @param regionChallengers the challengers of single regions
     */
    public ModelSnapshot(
            ForecastEngine champion,
            Map<Region, ForecastEngine> regionChampions,
            List<ForecastEngine> challengers,
            Map<Region, List<ForecastEngine>> regionChallengers) {
        this.champion = champion;
        this.regionChampions = Map.copyOf(regionChampions);
        this.challengers = List.copyOf(challengers);
        this.regionChallengers = Map.copyOf(regionChallengers);
        Set<ForecastEngine> all = Collections.newSetFromMap(new IdentityHashMap<>());
        all.add(champion);
        all.addAll(this.regionChampions.values());
        all.addAll(this.challengers);
        this.regionChallengers.values().forEach(all::addAll);
        this.engines = Collections.unmodifiableSet(all);
    }

    /** Of one model, for all regions. */
    public static ModelSnapshot of(ForecastEngine champion) {
        return new ModelSnapshot(champion, Map.of(), List.of(), Map.of());
    }

    /** The champion of all regions that have none of their own. */
    public ForecastEngine champion() {
        return champion;
    }

    /** The champion of a region. */
    public ForecastEngine champion(Region region) {
        return regionChampions.isEmpty() ? champion : regionChampions.getOrDefault(region, champion);
    }

    /** The champions of regions that have one of their own. */
    public Map<Region, ForecastEngine> regionChampions() {
        return regionChampions;
    }

    /** The models that run in all regions that have no entry of their own, without being published. */
    public List<ForecastEngine> challengers() {
        return challengers;
    }

    /** The models that run in a region without being published. */
    public List<ForecastEngine> challengers(Region region) {
        return regionChallengers.isEmpty() ? challengers : regionChallengers.getOrDefault(region, challengers);
    }

    /** All engines in it, each once. */
    public Set<ForecastEngine> engines() {
        return engines;
    }

    /** Before it is in force. */
    void onEnd(Runnable action) {
        ended = action;
    }

    /** Holds it, unless it is over. */
    boolean isHeldAnew() {
        int now = holds.get();
        while (now > 0) {
            if (holds.compareAndSet(now, now + 1)) {
                return true;
            }
            now = holds.get();
        }
        return false;
    }

    /** Gives a lease back. */
    public void release() {
        if (holds.decrementAndGet() == 0) {
            ended.run();
        }
    }
}
