package io.loadcast.dataset;

/**
 * The test that the article which started this project runs on one file: its rows count as evenly spaced, {@value #LOOKBACK}
 * rows forecast the rows after them, and the last tenth of all such windows is the test. Immutable.
 *
 * <p>An <em>origin</em> is the row of a window's last load; the row {@code lead} after it is the target.
 */
public final class ArticleProtocol {
    public static final int LOOKBACK = 90;

    private static final double TEST_SHARE = 0.1;

    private final HourlySeries series;
    private final PresentHours rows;
    private final int testWindows;

    private ArticleProtocol(HourlySeries series, PresentHours rows, int testWindows) {
        this.series = series;
        this.rows = rows;
        this.testWindows = testWindows;
    }

    /**
     * The protocol on one file.
     *
     * @throws IllegalArgumentException if the series is too short for a single test window
     */
    public static ArticleProtocol of(HourlySeries series) {
        PresentHours rows = series.present();
        int testWindows = (int) (TEST_SHARE * (rows.size() - LOOKBACK));
        if (testWindows < 1) {
            String file = series.source().map(source -> source.name() + ": ").orElse("");
            throw new IllegalArgumentException(file + "region " + series.region() + " has " + rows.size()
                    + " hours; a test needs at least " + (LOOKBACK + (int) (1 / TEST_SHARE))
                    + "; give a longer file, or leave it out");
        }
        return new ArticleProtocol(series, rows, testWindows);
    }

    public HourlySeries series() {
        return series;
    }

    /** All rows of the file, test or not. */
    public PresentHours rows() {
        return rows;
    }

    /** How many windows the test has. */
    public int testWindows() {
        return testWindows;
    }

    /** The last row that the first test window sees; every row after it is an origin too, up to the last but one. */
    public int firstOrigin() {
        return rows.size() - 1 - testWindows;
    }

    /** Valid time of the first row that the test forecasts: no training may use it or any later one. */
    public long firstTestEpochHour() {
        return rows.epochHour(firstOrigin() + 1);
    }
}
