package io.loadcast.forecasting;

import io.loadcast.domain.Region;
import org.jspecify.annotations.Nullable;

/**
 * A challenger is to be champion of a region, or of all that have no champion of their own.
 *
 * @param region null for all
 * @param hour epoch hour by which that was found, in event time
 * @param champion before
 * @param challenger champion from now on
 * @param verdict why
 */
public record Promotion(
        @Nullable Region region, long hour, ModelId champion, ModelId challenger, PromotionRule.Verdict verdict) {}
