package io.loadcast.alerting;

import io.loadcast.domain.EpochHour;
import io.loadcast.forecasting.Alert;
import io.loadcast.forecasting.AlertKind;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The rule that a region is not read while the others of its partition are. It is told in event time: by how far the region's clock is
 * behind the {@linkplain FeedClocks front}, at {@link #ADVANCES} advances of the front in a row without a reading of the region. So
 * neither one wrong clock raises it, nor a feed that comes back all at once after an outage; and it is the same in a replay, which has
 * the order of the partition. Not thread-safe.
 */
final class FeedSilence {
    /** After an outage of all, the first regions that are read again are far ahead of the others for a moment. */
    static final int ADVANCES = 3;

    private final FeedClocks clocks;
    private final int fewestHours;
    private @Nullable Long front;

    FeedSilence(AlertSettings settings) {
        this.clocks = settings.clocks();
        this.fewestHours = settings.fewestSilentHours();
    }

    /** Takes a clock that was kept, before any reading. */
    void restore(RegionWatch watch, long hour) {
        clocks.move(watch.clock(), hour);
        watch.clockIs(hour);
        front = clocks.front();
    }

    /** The newest hour that any region was read at; null if there is none. */
    @Nullable
    Long newest() {
        return clocks.newest();
    }

    /**
     * Takes a reading by which a region's clock moves.
     *
     * @param all the regions of the task
     * @param alerts takes what is raised or cleared
     */
    void read(
            RegionWatch watch,
            long hour,
            Collection<RegionWatch> all,
            BiConsumer<RegionWatch, @Nullable Alert> alerts) {
        Long before = front;
        clocks.move(watch.clock(), hour);
        watch.clockIs(hour);
        front = clocks.front();
        if (front == null) {
            return;
        }
        long reached = front;
        alerts.accept(watch, lookAtReader(watch, hour, reached));
        Long last = clocks.last();
        if (before != null && reached > before && last != null && last <= reached - fewestHours) {
            for (RegionWatch other : all) {
                if (other.clock() != null && other != watch) {
                    alerts.accept(other, lookAtSilent(other, reached));
                }
            }
        }
    }

    private static @Nullable Alert lookAtReader(RegionWatch watch, long hour, long reached) {
        RegionRules.FeedSilent rule = watch.rules().feedSilent();
        boolean isNear = hour > reached - rule.hours();
        if (isNear) {
            watch.alerts().hasCaughtUp(true);
        }
        Judgement judgement = !rule.enabled() ? Judgement.OFF : isNear ? Judgement.CALM : Judgement.BETWEEN;
        if (!watch.alerts().isToChange(AlertKind.FEED_SILENT, judgement, ADVANCES, 1)) {
            return null;
        }
        return watch.change(
                AlertKind.FEED_SILENT, reached, "readings come again", evidence(hour, reached, rule.hours()));
    }

    private static @Nullable Alert lookAtSilent(RegionWatch watch, long reached) {
        RegionRules.FeedSilent rule = watch.rules().feedSilent();
        Long clock = watch.clock();
        if (clock == null
                || !rule.enabled()
                || !watch.alerts().hasCaughtUp()
                || clock > reached - rule.hours()
                || !watch.alerts().isToChange(AlertKind.FEED_SILENT, Judgement.ALARMING, ADVANCES, 1)) {
            return null;
        }
        return watch.change(
                AlertKind.FEED_SILENT,
                reached,
                "no reading after " + EpochHour.start(clock) + ", while other regions were read up to "
                        + EpochHour.start(reached),
                evidence(clock, reached, rule.hours()));
    }

    private static Map<String, String> evidence(long hour, long reached, int hours) {
        return Map.of(
                "newest_reading", EpochHour.start(hour).toString(),
                "others_reached", EpochHour.start(reached).toString(),
                "behind_hours", Long.toString(Math.max(0, reached - hour)),
                "hours", Integer.toString(hours));
    }
}
