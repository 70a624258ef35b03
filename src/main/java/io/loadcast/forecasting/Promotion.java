package io.loadcast.forecasting;

import io.loadcast.domain.Region;

/**
 * A challenger is to be champion of a region.
 *
 * @param hour epoch hour by which that was found, in event time
 * @param champion before
 * @param challenger champion from now on
 * @param verdict why
 */
public record Promotion(
        Region region, long hour, ModelId champion, ModelId challenger, PromotionRule.Verdict verdict) {}
