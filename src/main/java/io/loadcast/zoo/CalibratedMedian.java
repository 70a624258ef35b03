package io.loadcast.zoo;

import io.loadcast.domain.KnownRegions;

/**
 * Two tables by which a {@link Network} that knows regions moves its median m, in log-ratios to the last hour a. They start at
 * zero, where they move nothing; no descent moves them.
 *
 * <pre>
 *   m_h ← m_h + bias[region, w, h]                        w: hour of the week of the first hour ahead
 *   m_h ← m_h + share_h·(log(y_(a+h−24) / y_a) − m_h)     towards the same hour of the last day
 * </pre>
 */
public interface CalibratedMedian {

    /**
     * Replaces the biases.
     *
     * @param bias [numbers of {@link KnownRegions}, {@value LinearForecast#HOURS_OF_WEEK}, horizon], row-major; zero at the number
     *     {@value KnownRegions#UNKNOWN}
     */
    void setRegionBias(float[] bias);

    /**
     * Replaces the shares.
     *
     * @param share [horizon], each from 0, which moves nothing, to 1, which repeats the last day
     */
    void setDayShare(float[] share);
}
