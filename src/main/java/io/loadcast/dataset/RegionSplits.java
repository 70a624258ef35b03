package io.loadcast.dataset;

import java.util.List;
import java.util.function.IntSupplier;

/**
 * Several regions' series, each {@linkplain ChronologicalSplit cut in time}. Neighbouring regions have the same weather, so an
 * hour that validates one region trains none: otherwise, where files cover different years, validation would reward learning
 * by heart. Immutable.
 */
public final class RegionSplits {
    private final List<ChronologicalSplit> splits;

    /**
     * Cuts all series.
     *
     * @param validationShare of each region's hours before its test, the latest ones
     */
    public RegionSplits(List<HourlySeries> series, double validationShare) {
        this.splits = series.stream()
                .map(one -> ChronologicalSplit.of(one, validationShare))
                .toList();
    }

    /**
     * The hours of one series that neither validate nor test it.
     *
     * @throws IllegalArgumentException if it is none of these series
     */
    public HourlySeries trainingPart(HourlySeries series) {
        ChronologicalSplit split = splits.stream()
                .filter(one -> one.series() == series)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a series that was not cut: " + series));
        return series.slice(0, split.validationFrom());
    }

    /**
     * The windows that may train, region by region.
     *
     * @param hours length of a window, targets included
     * @param stride hours between the starts of neighbours
     * @param phase start of each region's first window
     */
    public List<HourWindow> training(int hours, int stride, IntSupplier phase) {
        return splits.stream()
                .flatMap(split -> split.training(hours, stride, phase.getAsInt()).stream())
                .filter(window -> splits.stream().noneMatch(split -> split.validatesDuring(window)))
                .toList();
    }

    /**
     * The windows whose targets all validate, region by region.
     *
     * @param firstTarget which hour of a window is the first that is forecast, from 0
     */
    public List<HourWindow> validation(int hours, int firstTarget, int stride) {
        return splits.stream()
                .flatMap(split -> split.validation(hours, firstTarget, stride).stream())
                .toList();
    }
}
