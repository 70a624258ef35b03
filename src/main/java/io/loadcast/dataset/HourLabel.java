package io.loadcast.dataset;

/** Which edge of its hour a time label names: the load from 13:00 to 14:00 is labelled 13:00 or 14:00. */
public enum HourLabel {
    START(0),
    /**
     * The hour's local start plus one hour by the clock on the wall, so the hour that is doubled in autumn has one label twice and
     * the hour that is left out in spring has none. PJM and most market operators label so.
     */
    END(1);

    private final int hoursAfterStart;

    HourLabel(int hoursAfterStart) {
        this.hoursAfterStart = hoursAfterStart;
    }

    int hoursAfterStart() {
        return hoursAfterStart;
    }
}
