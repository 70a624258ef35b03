package io.loadcast.zoo;

/**
 * The coefficients of a linear forecast of log-ratios, one model per hour of the week of the first forecast hour:
 * {@code log(y[a+h] / y[a]) = bias[w][h-1] + Σ_k weights[w][k-1][h-1] · log(y[a-k] / y[a])}, w = 24 · day of week + hour.
 *
 * @param lags how many past hours it uses, k = 1 … lags
 * @param horizon how many hours it forecasts, h = 1 … horizon
 * @param weights [{@value #HOURS_OF_WEEK}, lags, horizon], row-major
 * @param bias [{@value #HOURS_OF_WEEK}, horizon], row-major
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier from the fit to the network; nobody compares it
public record LinearForecast(int lags, int horizon, float[] weights, float[] bias) {
    public static final int HOURS_OF_WEEK = 168;

    /** @throws IllegalArgumentException if the arrays do not have these shapes */
    public LinearForecast {
        if (weights.length != HOURS_OF_WEEK * lags * horizon || bias.length != HOURS_OF_WEEK * horizon) {
            throw new IllegalArgumentException("linear forecast of " + lags + " lags and " + horizon + " hours: "
                    + weights.length + " weights and " + bias.length + " biases do not fit");
        }
    }

    /** All coefficients zero: the last value, repeated. */
    public static LinearForecast zero(int lags, int horizon) {
        return new LinearForecast(
                lags, horizon, new float[HOURS_OF_WEEK * lags * horizon], new float[HOURS_OF_WEEK * horizon]);
    }
}
