package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody should know of, or that it is over. Both are alerts of one id.
 *
 * @param id names what happened; the same when it is raised and when it is cleared
 * @param region whose it is, or null if no region's
 * @param raisedHour epoch hour at which it was raised, in event time
 * @param clearedHour epoch hour at which it was over, in event time and not before {@code raisedHour}; null as long as it is not
 * @param message one sentence for people
 * @param evidence what tells it, by name
 */
public record Alert(
        String id,
        AlertKind kind,
        @Nullable Region region,
        long raisedHour,
        @Nullable Long clearedHour,
        String message,
        Map<String, String> evidence) {

    public Alert {
        evidence = Map.copyOf(evidence);
    }

    /** The hour of which this record tells. */
    public long hour() {
        return clearedHour == null ? raisedHour : clearedHour;
    }
}
