package io.loadcast.dataset;

import java.util.ArrayList;
import java.util.List;

/**
 * One series cut in time: training, then validation, then test. No forecast target lies in two parts; the lookback of a
 * validation window may reach into training. The test is the {@linkplain ArticleProtocol article's}.
 *
 * @param series what is cut
 * @param validationFrom index on the grid of the first hour that only validation may forecast
 * @param testFrom index on the grid of the first hour that only the test may forecast
 */
public record ChronologicalSplit(HourlySeries series, int validationFrom, int testFrom) {

    /**
     * Cuts a series.
     *
     * @param validationShare of the hours before the test, the latest ones
     */
    public static ChronologicalSplit of(HourlySeries series, double validationShare) {
        int testFrom = (int) (ArticleProtocol.of(series).firstTestEpochHour() - series.firstEpochHour());
        return new ChronologicalSplit(series, (int) Math.round(testFrom * (1 - validationShare)), testFrom);
    }

    /**
     * The windows that lie in the training part as a whole.
     *
     * @param hours length of a window, targets included
     * @param stride hours between the starts of neighbours
     * @param phase start of the first one
     */
    public List<HourWindow> training(int hours, int stride, int phase) {
        return gapFree(phase, validationFrom, hours, stride);
    }

    /** Whether the window, of whatever region, holds an hour of the time that validates this series. */
    boolean validatesDuring(HourWindow window) {
        return window.endEpochHour() > series.epochHour(validationFrom)
                && window.firstEpochHour() < series.epochHour(testFrom);
    }

    /**
     * The windows whose targets all lie in the validation part.
     *
     * @param firstTarget which hour of a window is the first that is forecast, from 0
     */
    public List<HourWindow> validation(int hours, int firstTarget, int stride) {
        return gapFree(Math.max(0, validationFrom - firstTarget), testFrom, hours, stride);
    }

    private List<HourWindow> gapFree(int from, int to, int hours, int stride) {
        List<HourWindow> windows = new ArrayList<>();
        int present = 0; // hours in a row up to and with the one looked at
        for (int hour = from; hour < to; hour++) {
            present = series.isPresent(hour) ? present + 1 : 0;
            int start = hour - hours + 1;
            if (present >= hours && (start - from) % stride == 0) {
                windows.add(new HourWindow(series, start, hours));
            }
        }
        return windows;
    }
}
