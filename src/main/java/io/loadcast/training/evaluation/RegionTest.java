package io.loadcast.training.evaluation;

import io.loadcast.dataset.HourlySeries;
import java.util.stream.Stream;

/** One region's test by some protocol. */
interface RegionTest {
    /** All hours of the region, test or not. */
    HourlySeries series();

    /** Valid time of the first hour that the test forecasts. */
    long firstTestHour();

    /** The test's windows in the order of time; a fresh stream with each call. */
    Stream<TestWindow> windows();
}
