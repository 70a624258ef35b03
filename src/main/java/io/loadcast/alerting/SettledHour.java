package io.loadcast.alerting;

import io.loadcast.forecasting.Forecast;
import io.loadcast.forecasting.PointScore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An hour whose turn has come: the scores of what had been forecast for it, and the forecast issued at it. One object for all hours
 * of a task, filled anew for each. Not thread-safe.
 */
final class SettledHour {
    private final List<PointScore> scores = new ArrayList<>();
    private @Nullable Forecast forecast;

    /** @param score of the hour whose forecast comes next */
    void add(PointScore score) {
        scores.add(score);
    }

    /** The forecast completes the hour. */
    void complete(Forecast issued) {
        forecast = issued;
    }

    void clear() {
        scores.clear();
        forecast = null;
    }

    Forecast forecast() {
        if (forecast == null) {
            throw new IllegalStateException("the hour is not complete");
        }
        return forecast;
    }

    long hour() {
        return forecast().issueHour();
    }

    /** The score of what was forecast so many hours ahead; null if it was not, or is not scored. */
    @Nullable
    PointScore score(int leadHours) {
        for (int i = 0; i < scores.size(); i++) {
            if (scores.get(i).leadHours() == leadHours) {
                return scores.get(i);
            }
        }
        return null;
    }
}
