package io.loadcast.streaming;

import io.loadcast.forecasting.Promotion;
import io.loadcast.forecasting.PromotionRule;
import java.time.Instant;

/**
 * How challengers become champions of regions by themselves.
 *
 * @param rule by which
 * @param assigning says what the models topic is told
 */
public record RegionPromotion(PromotionRule rule, Assigning assigning) {

    /** Makes the record of the models topic that puts a challenger in force. Called on stream threads. */
    @FunctionalInterface
    public interface Assigning {

        /** @param now by the wall clock */
        Assignment of(Promotion promotion, Instant now);
    }

    /**
     * A record of the models topic.
     *
     * @param isRollback whether it puts the champion before the present one back
     */
    public record Assignment(String key, byte[] value, boolean isRollback) {}
}
