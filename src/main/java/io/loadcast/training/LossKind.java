package io.loadcast.training;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What descent makes small. */
public enum LossKind {
    /** Pinball loss of all quantiles (Koenker and Bassett 1978): teaches the interval too. */
    PINBALL,

    /** Absolute error of the median; the interval's width comes from calibration alone. */
    MAE,

    /** Squared error of the median; the interval's width comes from calibration alone. */
    MSE;

    /** Its name in options and manifests. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no loss has this key */
    public static LossKind ofKey(String key) {
        return Arrays.stream(values())
                .filter(kind -> kind.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("loss '" + key + "' is unknown; known are "
                        + Arrays.stream(values()).map(LossKind::key).collect(Collectors.joining(", "))));
    }
}
