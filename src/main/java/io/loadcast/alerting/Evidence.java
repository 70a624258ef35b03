package io.loadcast.alerting;

import java.util.Locale;

/** How evidence writes numbers: as text, with few decimals, the same on every machine. */
final class Evidence {
    private Evidence() {}

    static String mw(double mw) {
        return String.format(Locale.ROOT, "%.1f", mw);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static String pct(double pct) {
        return String.format(Locale.ROOT, "%.1f", pct);
    }
}
